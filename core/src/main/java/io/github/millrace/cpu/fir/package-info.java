/** Ways to compute the sum of an FIR filter. */
package io.github.millrace.cpu.fir;
