package io.github.millrace.design.fir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The exchange algorithm of Remez on a grid: the sum of cosines whose largest weighted error is
 * smallest. At the optimum the error alternates in sign, with equal size, at terms + 1 points.
 */
final class RemezExchange {
  private static final int MAX_EXCHANGES = 100;
  private static final double SPREAD = 1e-7;
  private static final double ROUNDING = 1e-14;
  private static final int COARSEST = 32;

  private final RemezGrid grid;
  private final int points;
  private final double[] error;
  private final double rounding;
  private int[] reference;

  RemezExchange(RemezGrid grid, int terms) {
    this.grid = grid;
    this.points = terms + 1;
    this.error = new double[grid.size()];
    this.rounding = ROUNDING * grid.largestWeightedValue();
    if (grid.size() < points) {
      throw new IllegalArgumentException(
          "bands hold " + grid.size() + " grid points, expected at least " + points);
    }
    this.reference = points <= COARSEST ? uniform() : stretched();
  }

  private int[] uniform() {
    int[] indices = new int[points];
    for (int i = 0; i < points; i++) {
      indices[i] = (int) ((long) i * (grid.size() - 1) / (points - 1));
    }
    return indices;
  }

  /**
   * The reference of the optimum of half the length, with points put between: a uniform start
   * leaves gaps between bands too large, and its deviation drowns in rounding (Filip, "A robust and
   * scalable implementation of the Parks-McClellan algorithm", ACM TOMS 43 (2016)).
   */
  private int[] stretched() {
    RemezExchange half = new RemezExchange(grid, points / 2);
    half.solve();
    int[] indices = new int[points];
    int placed = 0;
    for (int start = 0, end; start < half.points; start = end) {
      end = start + 1;
      while (end < half.points && grid.sameBand(half.reference[start], half.reference[end])) {
        end++;
      }
      int upTo = (int) Math.round((double) end * points / half.points);
      int[] anchors = Arrays.copyOfRange(half.reference, start, end);
      spread(anchors.length > 1 ? anchors : grid.ends(anchors[0]), indices, placed, upTo);
      placed = upTo;
    }
    return indices;
  }

  /**
   * Sets indices[from] to indices[to - 1], from the first anchor to the last, as dense as these.
   */
  private static void spread(int[] anchors, int[] indices, int from, int to) {
    for (int i = from; i < to; i++) {
      double fraction = to - from == 1 ? 0.5 : (double) (i - from) / (to - from - 1);
      double position = fraction * (anchors.length - 1);
      int below = Math.min((int) position, anchors.length - 2);
      int step = anchors[below + 1] - anchors[below];
      indices[i] = (int) Math.round(anchors[below] + (position - below) * step);
    }
  }

  CosinePolynomial solve() {
    for (int exchange = 0; exchange < MAX_EXCHANGES; exchange++) {
      CosinePolynomial candidate = interpolate();
      double largest = measure(candidate);
      double smallest = Math.abs(error[reference[0]]);
      if (largest <= smallest * (1 + SPREAD) + rounding) {
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
    boolean risesBefore = !grid.sameBand(i - 1, i) || here > sign * error[i - 1];
    boolean fallsAfter = !grid.sameBand(i, i + 1) || here >= sign * error[i + 1];
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
