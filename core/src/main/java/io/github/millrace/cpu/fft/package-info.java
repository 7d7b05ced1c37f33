/** Fourier transforms of real blocks. */
package io.github.millrace.cpu.fft;
