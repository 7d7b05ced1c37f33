package io.github.millrace.design;

import java.util.Arrays;

/**
 * The frequencies at which a minimax design looks at its error: x = cos w, wanted value and weight,
 * band after band.
 */
final class RemezGrid {
  /**
   * Points per cosine term: between points the error exceeds its largest seen by at most 0.15 %.
   */
  static final int DENSITY = 32;

  private double[] x = new double[64];
  private double[] desired = new double[64];
  private double[] weight = new double[64];
  private boolean[] first = new boolean[64];
  private int size;
  private boolean starting;

  void startBand() {
    starting = true;
  }

  void add(double cosine, double wanted, double errorWeight) {
    if (size == x.length) {
      x = Arrays.copyOf(x, 2 * size);
      desired = Arrays.copyOf(desired, 2 * size);
      weight = Arrays.copyOf(weight, 2 * size);
      first = Arrays.copyOf(first, 2 * size);
    }
    x[size] = cosine;
    desired[size] = wanted;
    weight[size] = errorWeight;
    first[size] = starting;
    starting = false;
    size++;
  }

  int size() {
    return size;
  }

  double x(int i) {
    return x[i];
  }

  double desired(int i) {
    return desired[i];
  }

  double weight(int i) {
    return weight[i];
  }

  /** Whether two neighbours belong to the same band; false beyond the ends. */
  boolean connected(int i, int next) {
    return i >= 0 && next < size && !first[next];
  }
}
