package io.github.millrace.design.fir;

import java.util.Arrays;

/**
 * The frequencies at which a minimax design looks at its error: x = cos w, wanted value and weight,
 * band after band.
 */
final class RemezGrid {
  /**
   * Points per cosine term. Between points the error was at most 0.3 % above its largest at them,
   * over all golden designs; with 32 points 0.9 %.
   */
  static final int DENSITY = 64;

  private double[] x = new double[64];
  private double[] desired = new double[64];
  private double[] weight = new double[64];
  private int[] band = new int[64];
  private int size;
  private int bands;

  void startBand() {
    bands++;
  }

  void add(double cosine, double wanted, double errorWeight) {
    if (size == x.length) {
      x = Arrays.copyOf(x, 2 * size);
      desired = Arrays.copyOf(desired, 2 * size);
      weight = Arrays.copyOf(weight, 2 * size);
      band = Arrays.copyOf(band, 2 * size);
    }
    x[size] = cosine;
    desired[size] = wanted;
    weight[size] = errorWeight;
    band[size] = bands;
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

  /** Whether two points belong to the same band; false beyond the ends. */
  boolean sameBand(int i, int j) {
    return i >= 0 && j < size && band[i] == band[j];
  }

  /** The first and the last point of the band that holds point i. */
  int[] ends(int i) {
    int low = i;
    while (sameBand(low - 1, i)) {
      low--;
    }
    int high = i;
    while (sameBand(i, high + 1)) {
      high++;
    }
    return new int[] {low, high};
  }

  /** The largest weight times the largest wanted value: what rounding errors are relative to. */
  double largestWeightedValue() {
    double largestWeight = 0;
    double largestDesired = 0;
    for (int i = 0; i < size; i++) {
      largestWeight = Math.max(largestWeight, weight[i]);
      largestDesired = Math.max(largestDesired, Math.abs(desired[i]));
    }
    return largestWeight * largestDesired;
  }
}
