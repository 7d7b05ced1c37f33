/** The machine that runs the JVM: its threads, its caches, folders of its user. */
package io.github.millrace.host;
