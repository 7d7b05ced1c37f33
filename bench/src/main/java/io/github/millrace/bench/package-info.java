/** Measures plans against the speed at which the same threads copy the same memory. */
package io.github.millrace.bench;
