package io.github.millrace.gpu;

/** The tables of transform.h, and its transform in float64 for tables made of bins. */
final class Transform {

  private static final int MOST_ITEMS = 128;

  private Transform() {}

  /** Items of a work-group for a transform of this length. */
  static int items(int length) {
    return Math.clamp(length / 2, 1, MOST_ITEMS);
  }

  /** exp(-2 pi i k / length) for k below count, real part first. */
  static double[] roots(int length, int count) {
    double[] roots = new double[2 * Math.max(1, count)];
    for (int k = 0; k < count; k++) {
      roots[2 * k] = Math.cos(2 * Math.PI * k / length);
      roots[2 * k + 1] = -Math.sin(2 * Math.PI * k / length);
    }
    return roots;
  }

  /**
   * Transforms complex numbers, real part first, and leaves the bins in bit-reversed order.
   *
   * @param roots {@link #roots} for half the length
   */
  static void forward(double[] z, double[] roots) {
    int length = z.length / 2;
    for (int half = length / 2; half > 0; half /= 2) {
      for (int j = 0; j < length / 2; j++) {
        int k = j % half;
        int a = 2 * (2 * j - k);
        int root = 2 * k * (length / 2 / half);
        butterfly(z, a, a + 2 * half, roots[root], roots[root + 1]);
      }
    }
  }

  private static void butterfly(double[] z, int a, int b, double c, double s) {
    double x = z[a] - z[b];
    double y = z[a + 1] - z[b + 1];
    z[a] += z[b];
    z[a + 1] += z[b + 1];
    z[b] = c * x - s * y;
    z[b + 1] = c * y + s * x;
  }
}
