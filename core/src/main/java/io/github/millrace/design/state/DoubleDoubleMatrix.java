package io.github.millrace.design.state;

/**
 * A square block lower-triangular matrix, blocks of 2 x 2, in double-double: the transition matrix
 * of a cascade and its powers.
 *
 * <p>A product of two of n rows takes about n^3 / 6 double-double multiply-adds.
 */
final class DoubleDoubleMatrix {
  private final int n;
  private final double[][] hi;
  private final double[][] lo;

  /** The zero matrix of n rows, n even. */
  DoubleDoubleMatrix(int n) {
    this.n = n;
    hi = new double[n][n];
    lo = new double[n][n];
  }

  static DoubleDoubleMatrix identity(int n) {
    DoubleDoubleMatrix identity = new DoubleDoubleMatrix(n);
    for (int i = 0; i < n; i++) {
      identity.hi[i][i] = 1;
    }
    return identity;
  }

  void set(int row, int column, DoubleDouble value) {
    hi[row][column] = value.hi();
    lo[row][column] = value.lo();
  }

  /** This matrix to the power of at least 0, by squaring: at most 2 log2(exponent) products. */
  DoubleDoubleMatrix power(long exponent) {
    DoubleDoubleMatrix result = identity(n);
    for (int bit = 63 - Long.numberOfLeadingZeros(exponent); bit >= 0; bit--) {
      result = result.times(result);
      if ((exponent >> bit & 1) == 1) {
        result = result.times(this);
      }
    }
    return result;
  }

  DoubleDoubleMatrix times(DoubleDoubleMatrix right) {
    DoubleDoubleMatrix product = new DoubleDoubleMatrix(n);
    for (int i = 0; i < n; i++) {
      for (int k = 0; k <= (i | 1); k++) {
        product.addScaledRow(i, hi[i][k], lo[i][k], right, k);
      }
    }
    return product;
  }

  /**
   * Adds (high + low) times row k of another matrix to row i; plain arrays, so that it vectorises.
   */
  private void addScaledRow(int i, double high, double low, DoubleDoubleMatrix from, int k) {
    if (high == 0) {
      return;
    }
    double[] sumHigh = hi[i];
    double[] sumLow = lo[i];
    double[] rowHigh = from.hi[k];
    double[] rowLow = from.lo[k];
    int columns = (k | 1) + 1;
    for (int j = 0; j < columns; j++) {
      double product = high * rowHigh[j];
      double error = Math.fma(high, rowHigh[j], -product);
      error = Math.fma(high, rowLow[j], Math.fma(low, rowHigh[j], error));
      double old = sumHigh[j];
      double sum = old + product;
      double part = sum - old;
      error += sumLow[j] + ((old - (sum - part)) + (product - part));
      double rounded = sum + error;
      sumHigh[j] = rounded;
      sumLow[j] = error - (rounded - sum);
    }
  }

  /** Rounded to double, row after row. */
  double[] toDoubles() {
    double[] rounded = new double[n * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(hi[i], 0, rounded, i * n, n);
    }
    return rounded;
  }
}
