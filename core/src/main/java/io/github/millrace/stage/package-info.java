/** What to compute: stages, each a value bound to no device. */
package io.github.millrace.stage;
