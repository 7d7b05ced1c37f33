package io.github.millrace.cpu.fft;

import org.jtransforms.fft.DoubleFFT_1D;
import org.jtransforms.utils.CommonUtils;

/** The transform of blocks whose length is a power of two, by JTransforms. */
public final class PackedFft implements RealFft {

  static {
    // else it starts threads of its own, and the crew has one for each core already
    CommonUtils.setThreadsBeginN_1D_FFT_2Threads(Long.MAX_VALUE);
    CommonUtils.setThreadsBeginN_1D_FFT_4Threads(Long.MAX_VALUE);
  }

  private final int length;
  private final DoubleFFT_1D transform;

  /**
   * The transform of blocks of this length.
   *
   * @param length samples, a power of two
   */
  public PackedFft(int length) {
    this.length = length;
    transform = new DoubleFFT_1D(length);
  }

  /** Samples in a block. */
  public int length() {
    return length;
  }

  /**
   * Replaces a block by its spectrum in packed order: the real parts of the first and the last bin,
   * then real and imaginary part of each bin between them.
   */
  public void forward(double[] block) {
    transform.realForward(block);
  }

  /** Replaces a packed spectrum by its block times {@code length / 2}. */
  public void inverse(double[] spectrum) {
    transform.realInverse(spectrum, false);
  }

  /** Complex transform of {@code length} pairs of real and imaginary parts. */
  void complexForward(double[] pairs) {
    transform.complexForward(pairs);
  }

  /** Inverse of {@link #complexForward}, scaled by 1 / length. */
  void complexInverse(double[] pairs) {
    transform.complexInverse(pairs, true);
  }

  @Override
  public void forward(double[] block, double[] re, double[] im) {
    transform.realForward(block);
    int last = length / 2;
    re[0] = block[0];
    im[0] = 0;
    for (int k = 1; k < last; k++) {
      re[k] = block[2 * k];
      im[k] = block[2 * k + 1];
    }
    if (last > 0) {
      re[last] = block[1];
      im[last] = 0;
    }
  }

  @Override
  public void inverse(double[] re, double[] im, double[] block) {
    int last = length / 2;
    block[0] = re[0];
    for (int k = 1; k < last; k++) {
      block[2 * k] = re[k];
      block[2 * k + 1] = im[k];
    }
    if (last > 0) {
      block[1] = re[last];
    }
    transform.realInverse(block, true);
  }

  @Override
  public String describe() {
    return "split-radix FFT";
  }
}
