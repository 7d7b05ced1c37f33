package io.github.millrace.design.fir;

import java.util.List;

/**
 * Weighted least-squares design of a symmetric filter of odd length.
 *
 * <p>The zero-phase response is the sum of a[k] cos(k w), k = 0 to (taps - 1) / 2, so the minimum
 * solves a linear system whose matrix is Toeplitz plus Hankel: Selesnick, "Linear-phase FIR filter
 * design by least squares" (2005), also the source of SciPy's {@code firls}.
 */
final class LeastSquaresTaps {
  /** Per term, relative to the largest diagonal entry: what the rounding of Cholesky amounts to. */
  private static final double REGULARISATION = 0x1p-52;

  private static final int PASSES = 4;

  private final List<DesiredBand> bands;
  private final double nyquist;
  private final int terms;

  private LeastSquaresTaps(List<DesiredBand> bands, double nyquist, int terms) {
    this.bands = bands;
    this.nyquist = nyquist;
    this.terms = terms;
  }

  static double[] design(int taps, List<DesiredBand> bands, double sampleRate) {
    return new LeastSquaresTaps(bands, sampleRate / 2, taps / 2 + 1).taps();
  }

  private double[] taps() {
    double[] a = minimum(normalMatrix(), rightSide());
    double[] taps = new double[2 * terms - 1];
    taps[terms - 1] = a[0];
    for (int k = 1; k < terms; k++) {
      taps[terms - 1 - k] = 0.5 * a[k];
      taps[terms - 1 + k] = 0.5 * a[k];
    }
    return taps;
  }

  /**
   * Solves a system that wide free gaps between the bands make singular in double: some sums of
   * cosines live in the gaps alone. A small shift of the diagonal keeps those small; repeating the
   * solution on what is left removes the shift's effect on all the others.
   */
  private static double[] minimum(double[][] matrix, double[] side) {
    int n = side.length;
    double[][] factor = factor(matrix, REGULARISATION * n * matrix[0][0]);
    double[] x = new double[n];
    for (int pass = 0; pass < PASSES; pass++) {
      double[] step = side.clone();
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          step[i] -= matrix[i][j] * x[j];
        }
      }
      solve(factor, step);
      for (int i = 0; i < n; i++) {
        x[i] += step[i];
      }
    }
    return x;
  }

  private double[][] normalMatrix() {
    double[] moments = new double[2 * terms - 1];
    for (int k = 0; k < moments.length; k++) {
      for (DesiredBand band : bands) {
        moments[k] += band.weight() * (sine(k, band.high()) - sine(k, band.low()));
      }
    }
    double[][] matrix = new double[terms][terms];
    for (int i = 0; i < terms; i++) {
      for (int j = 0; j < terms; j++) {
        matrix[i][j] = 0.5 * (moments[Math.abs(i - j)] + moments[i + j]);
      }
    }
    return matrix;
  }

  /** Integral of cos(k pi f) from 0, f as a fraction of Nyquist. */
  private double sine(int k, double frequency) {
    double f = frequency / nyquist;
    return k == 0 ? f : Math.sin(Math.PI * k * f) / (Math.PI * k);
  }

  private double[] rightSide() {
    double[] side = new double[terms];
    for (int k = 0; k < terms; k++) {
      for (DesiredBand band : bands) {
        side[k] += band.weight() * desired(k, band);
      }
    }
    return side;
  }

  /** Integral over the band of (wanted gain) cos(k pi f). */
  private double desired(int k, DesiredBand band) {
    double high = band.high() / nyquist;
    double low = band.low() / nyquist;
    double slope = (band.gainHigh() - band.gainLow()) / (high - low);
    if (k == 0) {
      return 0.5 * (band.gainHigh() + band.gainLow()) * (high - low);
    }
    double w = Math.PI * k;
    double difference = -2 * Math.sin(0.5 * w * (high + low)) * Math.sin(0.5 * w * (high - low));
    return band.gainHigh() * sine(k, band.high())
        - band.gainLow() * sine(k, band.low())
        + slope * difference / (w * w);
  }

  /** Lower Cholesky factor of a symmetric matrix plus a multiple of the identity. */
  private static double[][] factor(double[][] matrix, double shift) {
    int n = matrix.length;
    double[][] l = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = i == j ? matrix[i][i] + shift : matrix[i][j];
        for (int k = 0; k < j; k++) {
          sum -= l[i][k] * l[j][k];
        }
        l[i][j] = i == j ? Math.sqrt(sum) : sum / l[j][j];
      }
    }
    return l;
  }

  /** Overwrites x with the solution for right side x, given the Cholesky factor. */
  private static void solve(double[][] l, double[] x) {
    int n = x.length;
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        x[i] -= l[i][k] * x[k];
      }
      x[i] /= l[i][i];
    }
    for (int i = n - 1; i >= 0; i--) {
      for (int k = i + 1; k < n; k++) {
        x[i] -= l[k][i] * x[k];
      }
      x[i] /= l[i][i];
    }
  }
}
