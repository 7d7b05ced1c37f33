package io.github.millrace.design.fir;

/**
 * A polynomial in x = cos w given by its values at nodes, evaluated by the second barycentric
 * formula (Berrut and Trefethen, "Barycentric Lagrange interpolation", SIAM Review 46 (2004)).
 */
final class CosinePolynomial {
  private final double[] nodes;
  private final double[] values;
  private final double[] weights;

  CosinePolynomial(double[] nodes, double[] values, double[] weights) {
    this.nodes = nodes;
    this.values = values;
    this.weights = weights;
  }

  double at(double x) {
    double numerator = 0;
    double denominator = 0;
    for (int i = 0; i < nodes.length; i++) {
      double distance = x - nodes[i];
      if (distance == 0) {
        return values[i];
      }
      double part = weights[i] / distance;
      numerator += part * values[i];
      denominator += part;
    }
    return numerator / denominator;
  }

  /** The barycentric weights of nodes, up to a common factor. */
  static double[] weights(double[] nodes) {
    double scale = scale(nodes);
    double[] weights = new double[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      double product = 1;
      for (int j = 0; j < nodes.length; j++) {
        product *= i == j ? 1 : scale * (nodes[i] - nodes[j]);
      }
      weights[i] = 1 / product;
    }
    return weights;
  }

  /** One over the mean distance, so that products of hundreds of them stay in range. */
  private static double scale(double[] nodes) {
    double sum = 0;
    for (int j = 1; j < nodes.length; j++) {
      sum += Math.log(Math.abs(nodes[0] - nodes[j]));
    }
    return Math.exp(-sum / (nodes.length - 1));
  }
}
