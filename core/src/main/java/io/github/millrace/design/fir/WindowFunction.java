package io.github.millrace.design.fir;

/**
 * One sample of a window.
 *
 * <p>Definitions: Harris, "On the use of windows for harmonic analysis with the discrete Fourier
 * transform", Proc. IEEE 66 (1978); constants as in {@code scipy.signal.windows}.
 */
final class WindowFunction {
  private static final double[] HAMMING = {0.54, 0.46};
  private static final double[] HANN = {0.5, 0.5};
  private static final double[] BLACKMAN = {0.42, 0.5, 0.08};
  private static final double[] BLACKMAN_HARRIS = {0.35875, 0.48829, 0.14128, 0.01168};
  private static final double[] NUTTALL = {0.3635819, 0.4891775, 0.1365995, 0.0106411};
  private static final double[] FLATTOP = {
    0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368
  };

  private WindowFunction() {}

  /**
   * Sample {@code n} of the symmetric window of {@code length} samples, for n in the first half.
   */
  static double at(Window window, long n, long length) {
    if (length == 1) {
      return 1;
    }
    return switch (window.shape()) {
      case BOXCAR -> 1;
      case BARTLETT -> 2.0 * n / (length - 1);
      case HAMMING -> cosineSum(HAMMING, n, length);
      case HANN -> cosineSum(HANN, n, length);
      case BLACKMAN -> cosineSum(BLACKMAN, n, length);
      case BLACKMAN_HARRIS -> cosineSum(BLACKMAN_HARRIS, n, length);
      case NUTTALL -> cosineSum(NUTTALL, n, length);
      case FLATTOP -> cosineSum(FLATTOP, n, length);
      case PARZEN -> parzen(n, length);
      case BOHMAN -> bohman(n, length);
      case KAISER -> kaiser(window.beta(), n, length);
    };
  }

  /** Distance from the centre, from 1 at the ends to 0. */
  private static double distance(long n, long length) {
    return (double) (length - 1 - 2 * n) / (length - 1);
  }

  private static double cosineSum(double[] terms, long n, long length) {
    double angle = Math.PI * distance(n, length);
    double sum = 0;
    for (int k = 0; k < terms.length; k++) {
      sum += terms[k] * Math.cos(k * angle);
    }
    return sum;
  }

  /** The only window scaled by the length itself rather than by the distance of its ends. */
  private static double parzen(long n, long length) {
    double x = (double) (length - 1 - 2 * n) / length;
    if (2 * (length - 1 - 2 * n) > length - 1) {
      double y = 1 - x;
      return 2 * y * y * y;
    }
    return 1 - 6 * x * x * (1 - x);
  }

  private static double bohman(long n, long length) {
    if (n == 0) {
      return 0;
    }
    double x = distance(n, length);
    return (1 - x) * Math.cos(Math.PI * x) + Math.sin(Math.PI * x) / Math.PI;
  }

  private static double kaiser(double beta, long n, long length) {
    // 1 - x^2 = (1 - x)(1 + x) as one fraction: no cancellation towards the ends
    double span = length - 1;
    double root = 2 * Math.sqrt((double) n * (length - 1 - n)) / span;
    return besselI0(beta * root) / besselI0(beta);
  }

  /**
   * Modified Bessel function of the first kind, order zero, by its power series (Abramowitz and
   * Stegun 9.6.12), whose terms are all positive.
   */
  static double besselI0(double x) {
    double quarter = 0.25 * x * x;
    double term = 1;
    double sum = 1;
    for (int k = 1; term > 1e-18 * sum; k++) {
      term *= quarter / ((double) k * k);
      sum += term;
    }
    return sum;
  }
}
