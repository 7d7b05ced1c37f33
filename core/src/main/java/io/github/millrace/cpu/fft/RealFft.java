package io.github.millrace.cpu.fft;

/**
 * The discrete Fourier transform of real blocks of one length and its inverse, in float64; owned by
 * one thread. Allocates nothing once made.
 */
public interface RealFft {

  /** The transform of blocks of this many samples, at least 1. */
  static RealFft of(int length) {
    return Integer.bitCount(length) == 1 ? new PackedFft(length) : new ChirpFft(length);
  }

  /**
   * Unnormalised forward transform.
   *
   * @param block the samples; lost
   * @param re real parts of bins 0 to {@code length / 2}
   * @param im imaginary parts
   */
  void forward(double[] block, double[] re, double[] im);

  /**
   * Inverse of {@link #forward}, scaled by 1 / length. The imaginary parts of bin 0 and, where the
   * length is even, of the last bin are ignored.
   */
  void inverse(double[] re, double[] im, double[] block);

  /** The method. */
  String describe();
}
