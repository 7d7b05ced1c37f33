package io.github.millrace.cpu.fft;

import java.util.Arrays;

/**
 * The transform of blocks of any length, as a convolution with a chirp.
 *
 * <p>With {@code kn = (k^2 + n^2 - (k - n)^2) / 2} the defining sum becomes a convolution, which
 * transforms of a power of two compute: L. I. Bluestein, "A linear filtering approach to the
 * computation of discrete Fourier transform", IEEE Trans. Audio Electroacoust. 18 (1970).
 */
final class ChirpFft implements RealFft {

  private final int length;
  private final PackedFft transform;
  private final double[] cos;
  private final double[] sin;
  private final double[] response;
  private final double[] work;

  ChirpFft(int length) {
    this.length = length;
    int padded = Integer.highestOneBit(2 * length - 2) * 2;
    transform = new PackedFft(padded);
    cos = new double[length];
    sin = new double[length];
    response = new double[2 * padded];
    work = new double[2 * padded];
    for (int n = 0; n < length; n++) {
      // n^2 modulo 2 length is exact, so the angle is rounded only once
      double angle = Math.PI * ((long) n * n % (2L * length)) / length;
      cos[n] = Math.cos(angle);
      sin[n] = Math.sin(angle);
      int mirrored = n == 0 ? 0 : 2 * (padded - n);
      response[2 * n] = response[mirrored] = cos[n];
      response[2 * n + 1] = response[mirrored + 1] = sin[n];
    }
    transform.complexForward(response);
  }

  @Override
  public void forward(double[] block, double[] re, double[] im) {
    for (int n = 0; n < length; n++) {
      work[2 * n] = block[n] * cos[n];
      work[2 * n + 1] = -block[n] * sin[n];
    }
    convolve(length);
    for (int k = 0; k <= length / 2; k++) {
      re[k] = work[2 * k] * cos[k] + work[2 * k + 1] * sin[k];
      im[k] = work[2 * k + 1] * cos[k] - work[2 * k] * sin[k];
    }
    im[0] = 0;
    if (length % 2 == 0) {
      im[length / 2] = 0;
    }
  }

  @Override
  public void inverse(double[] re, double[] im, double[] block) {
    // the real part of the conjugated spectrum's forward transform; every bin between the ends
    // stands for its mirror image as well
    int last = length / 2;
    for (int k = 0; k <= last; k++) {
      boolean alone = k == 0 || 2 * k == length;
      double a = (alone ? 1.0 : 2.0) * re[k];
      double b = alone ? 0 : -2 * im[k];
      work[2 * k] = a * cos[k] + b * sin[k];
      work[2 * k + 1] = b * cos[k] - a * sin[k];
    }
    convolve(last + 1);
    for (int n = 0; n < length; n++) {
      block[n] = (work[2 * n] * cos[n] + work[2 * n + 1] * sin[n]) / length;
    }
  }

  /** Convolves the first {@code count} pairs of the work space with the chirp. */
  private void convolve(int count) {
    Arrays.fill(work, 2 * count, work.length, 0);
    transform.complexForward(work);
    for (int i = 0; i < work.length; i += 2) {
      double a = work[i];
      double b = work[i + 1];
      work[i] = a * response[i] - b * response[i + 1];
      work[i + 1] = a * response[i + 1] + b * response[i];
    }
    transform.complexInverse(work);
  }

  @Override
  public String describe() {
    return "chirp transform through FFTs of " + transform.length();
  }
}
