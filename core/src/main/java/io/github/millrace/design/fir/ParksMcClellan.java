package io.github.millrace.design.fir;

import java.util.List;

/**
 * Minimax design of linear-phase filters of all four types.
 *
 * <p>The response is written as A(w) Q(w), A a sum of cosines and Q a fixed factor that holds the
 * type's zeros; {@link RemezExchange} finds A. Source: McClellan, Parks and Rabiner, "A computer
 * program for designing optimum FIR linear phase digital filters", IEEE Trans. AU-21 (1973).
 */
final class ParksMcClellan {
  /** What the taps are for. */
  enum Kind {
    SYMMETRIC,
    HILBERT,
    DIFFERENTIATOR
  }

  private static final int MIN_STEPS = 8;

  private final int taps;
  private final List<DesiredBand> bands;
  private final double sampleRate;
  private final Kind kind;

  private ParksMcClellan(int taps, List<DesiredBand> bands, double sampleRate, Kind kind) {
    this.taps = taps;
    this.bands = bands;
    this.sampleRate = sampleRate;
    this.kind = kind;
  }

  static double[] design(int taps, List<DesiredBand> bands, double sampleRate, Kind kind) {
    if (taps < 3) {
      throw new IllegalArgumentException("taps is " + taps + ", expected at least 3");
    }
    DesiredBand.checkAll(bands, sampleRate);
    var design = new ParksMcClellan(taps, List.copyOf(bands), sampleRate, kind);
    design.checkForcedZeros();
    return design.taps();
  }

  private void checkForcedZeros() {
    DesiredBand lowest = bands.getFirst();
    if (kind != Kind.SYMMETRIC && lowest.low() == 0 && lowest.gainLow() != 0) {
      throw new IllegalArgumentException(
          "gain at 0 Hz is " + lowest.gainLow() + ", expected 0: antisymmetric taps sum to 0");
    }
    DesiredBand highest = bands.getLast();
    boolean zeroAtNyquist = (kind == Kind.SYMMETRIC) == (taps % 2 == 0);
    if (zeroAtNyquist && highest.high() == sampleRate / 2 && highest.gainHigh() != 0) {
      throw new IllegalArgumentException(
          "taps is "
              + taps
              + ", expected an "
              + (taps % 2 == 0 ? "odd" : "even")
              + " number: this one has gain 0 at half the sample rate, where "
              + highest.gainHigh()
              + " is wanted");
    }
  }

  private double[] taps() {
    int terms = kind == Kind.SYMMETRIC ? (taps + 1) / 2 : taps / 2;
    CosinePolynomial best = new RemezExchange(grid(terms), terms).solve();
    double[] response = new double[taps / 2 + 1];
    for (int m = 0; m < response.length; m++) {
      double w = 2 * Math.PI * m / taps;
      response[m] = best.at(Math.cos(w)) * factor(w);
    }
    return fromResponse(response);
  }

  /** Q(w): cos(w/2) for even symmetric, sin(w) for odd antisymmetric, sin(w/2) for even. */
  private double factor(double w) {
    boolean even = taps % 2 == 0;
    if (kind == Kind.SYMMETRIC) {
      return even ? Math.cos(0.5 * w) : 1;
    }
    return even ? Math.sin(0.5 * w) : Math.sin(w);
  }

  /** The bands on a dense grid, divided by Q; points at Q's zeros are left out. */
  private RemezGrid grid(int terms) {
    RemezGrid grid = new RemezGrid();
    double margin = Math.PI / (RemezGrid.DENSITY * terms);
    for (DesiredBand band : bands) {
      double low = toRadians(band.low());
      double high = toRadians(band.high());
      low = Math.abs(factor(low)) < 0.5 * margin ? low + margin : low;
      high = Math.abs(factor(high)) < 0.5 * margin ? high - margin : high;
      int steps = Math.max(MIN_STEPS, (int) Math.ceil((high - low) / margin));
      grid.startBand();
      for (int i = 0; i <= steps; i++) {
        double w = low + (high - low) * i / steps;
        double gain = band.gain(Math.clamp(toHz(w), band.low(), band.high()));
        double q = factor(w);
        grid.add(Math.cos(w), gain / q, weight(band, gain) * q);
      }
    }
    return grid;
  }

  private double weight(DesiredBand band, double gain) {
    double largest = Math.max(Math.abs(band.gainLow()), Math.abs(band.gainHigh()));
    boolean relative = kind == Kind.DIFFERENTIATOR && largest > 0;
    return relative ? band.weight() / Math.max(Math.abs(gain), 1e-4 * largest) : band.weight();
  }

  private double toRadians(double frequency) {
    return 2 * Math.PI * frequency / sampleRate;
  }

  private double toHz(double w) {
    return w * sampleRate / (2 * Math.PI);
  }

  /** Inverse transform of a zero-phase response at the frequencies 2 pi m / taps. */
  private double[] fromResponse(double[] response) {
    double[] h = new double[taps];
    boolean symmetric = kind == Kind.SYMMETRIC;
    for (int n = 0; n < (taps + 1) / 2; n++) {
      double sum = symmetric ? response[0] : 0;
      for (int m = 1; m < response.length; m++) {
        double angle = Math.PI * m * (2L * n - (taps - 1)) / taps;
        double term = response[m] * (symmetric ? Math.cos(angle) : -Math.sin(angle));
        sum += 2 * m == taps ? term : 2 * term;
      }
      h[n] = sum / taps;
      h[taps - 1 - n] = symmetric ? h[n] : -h[n];
    }
    if (!symmetric && taps % 2 == 1) {
      h[taps / 2] = 0;
    }
    return h;
  }
}
