package io.github.millrace.design;

import java.util.ArrayList;
import java.util.List;

/**
 * The exchange algorithm of Remez on a grid: the sum of cosines whose largest weighted error is
 * smallest. At the optimum the error alternates in sign, with equal size, at terms + 1 points.
 */
final class RemezExchange {
  private static final int MAX_EXCHANGES = 100;
  private static final double SPREAD = 1e-7;

  private final RemezGrid grid;
  private final int points;
  private final double[] error;
  private int[] reference;

  RemezExchange(RemezGrid grid, int terms) {
    this.grid = grid;
    this.points = terms + 1;
    this.error = new double[grid.size()];
    if (grid.size() < points) {
      throw new IllegalArgumentException(
          "bands hold " + grid.size() + " grid points, expected at least " + points);
    }
    this.reference = new int[points];
    for (int i = 0; i < points; i++) {
      reference[i] = (int) ((long) i * (grid.size() - 1) / (points - 1));
    }
  }

  CosinePolynomial solve() {
    for (int exchange = 0; exchange < MAX_EXCHANGES; exchange++) {
      CosinePolynomial candidate = interpolate();
      double largest = measure(candidate);
      double smallest = Math.abs(error[reference[0]]);
      if (largest <= smallest * (1 + SPREAD) + 1e-15) {
        return candidate;
      }
      List<Integer> extrema = alternating();
      if (extrema.size() < points) {
        break;
      }
      trim(extrema);
      reference = extrema.stream().mapToInt(Integer::intValue).toArray();
    }
    throw new IllegalArgumentException(
        "Parks-McClellan found no equal ripple with "
            + points
            + " alternations: expected fewer taps or wider gaps between the bands");
  }

  /** The polynomial whose error is +d, -d, +d, ... at the reference, and this d. */
  private CosinePolynomial interpolate() {
    double[] nodes = new double[points];
    for (int i = 0; i < points; i++) {
      nodes[i] = grid.x(reference[i]);
    }
    double[] weights = CosinePolynomial.weights(nodes);
    double numerator = 0;
    double denominator = 0;
    for (int i = 0; i < points; i++) {
      numerator += weights[i] * grid.desired(reference[i]);
      denominator += sign(i) * weights[i] / grid.weight(reference[i]);
    }
    double deviation = numerator / denominator;
    double[] values = new double[points];
    for (int i = 0; i < points; i++) {
      values[i] = grid.desired(reference[i]) - sign(i) * deviation / grid.weight(reference[i]);
    }
    return new CosinePolynomial(nodes, values, weights);
  }

  private static int sign(int i) {
    return i % 2 == 0 ? 1 : -1;
  }

  private double measure(CosinePolynomial candidate) {
    double largest = 0;
    for (int i = 0; i < error.length; i++) {
      error[i] = grid.weight(i) * (grid.desired(i) - candidate.at(grid.x(i)));
      largest = Math.max(largest, Math.abs(error[i]));
    }
    return largest;
  }

  /** The local extrema of the error, of neighbours with one sign only the largest. */
  private List<Integer> alternating() {
    List<Integer> extrema = new ArrayList<>();
    for (int i = 0; i < error.length; i++) {
      if (!isExtremum(i)) {
        continue;
      }
      int last = extrema.isEmpty() ? -1 : extrema.getLast();
      if (last < 0 || error[last] > 0 != error[i] > 0) {
        extrema.add(i);
      } else if (Math.abs(error[i]) > Math.abs(error[last])) {
        extrema.set(extrema.size() - 1, i);
      }
    }
    return extrema;
  }

  private boolean isExtremum(int i) {
    double here = Math.abs(error[i]);
    int sign = error[i] > 0 ? 1 : -1;
    boolean risesBefore = !grid.connected(i - 1, i) || here > sign * error[i - 1];
    boolean fallsAfter = !grid.connected(i, i + 1) || here >= sign * error[i + 1];
    return risesBefore && fallsAfter;
  }

  /** Removes the smallest extrema, singly at the ends, in pairs inside, so that signs alternate. */
  private void trim(List<Integer> extrema) {
    while (extrema.size() > points) {
      int last = extrema.size() - 1;
      int least = last == points ? smallerEnd(extrema) : smallest(extrema);
      if (least == 0) {
        extrema.removeFirst();
      } else if (least == last) {
        extrema.removeLast();
      } else {
        int pair = size(extrema, least - 1) < size(extrema, least + 1) ? least - 1 : least;
        extrema.subList(pair, pair + 2).clear();
      }
    }
  }

  private int smallerEnd(List<Integer> extrema) {
    int last = extrema.size() - 1;
    return size(extrema, 0) < size(extrema, last) ? 0 : last;
  }

  private int smallest(List<Integer> extrema) {
    int least = 0;
    for (int i = 1; i < extrema.size(); i++) {
      least = size(extrema, i) < size(extrema, least) ? i : least;
    }
    return least;
  }

  private double size(List<Integer> extrema, int i) {
    return Math.abs(error[extrema.get(i)]);
  }
}
