/** The Java reference backend. */
package io.github.millrace.cpu;
