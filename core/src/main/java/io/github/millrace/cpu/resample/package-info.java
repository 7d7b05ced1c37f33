/** The sums of a rational resampler. */
package io.github.millrace.cpu.resample;
