/** Samples in memory and what they are. */
package io.github.millrace.signal;
