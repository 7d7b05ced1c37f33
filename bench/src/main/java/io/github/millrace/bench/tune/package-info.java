/** Measures what kinds of stages cost on the devices of a machine. */
package io.github.millrace.bench.tune;
