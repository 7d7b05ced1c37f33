package io.github.millrace.design.fir;

import io.github.millrace.design.Band;
import io.github.millrace.design.Checks;
import java.util.Arrays;
import java.util.List;

/**
 * Which frequencies a filter passes: bands that are passed and stopped by turns.
 *
 * @param edges the frequencies in Hz at which passing and stopping change, ascending, each above 0;
 *     at least one
 * @param passZero whether the lowest band, the one that holds 0 Hz, is passed
 */
public record PassBands(List<Double> edges, boolean passZero) {

  /** Copies the edges and checks their order. */
  public PassBands {
    edges = List.copyOf(edges);
    if (edges.isEmpty()) {
      throw new IllegalArgumentException("pass bands have 0 edges, expected at least 1");
    }
    double previous = 0;
    for (double edge : edges) {
      if (!(edge > previous && edge < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "band edge " + edge + " Hz follows " + previous + " Hz, expected ascending above 0 Hz");
      }
      previous = edge;
    }
  }

  /**
   * Bands that change at these edges.
   *
   * @param passZero whether 0 Hz is passed
   * @param edgesHz ascending frequencies in Hz
   */
  public static PassBands of(boolean passZero, double... edgesHz) {
    return new PassBands(Arrays.stream(edgesHz).boxed().toList(), passZero);
  }

  /** The pass bands of a low-pass, high-pass, bandpass or bandstop. */
  public static PassBands of(Band band) {
    return switch (band.kind()) {
      case LOWPASS -> of(true, band.high());
      case HIGHPASS -> of(false, band.low());
      case BANDPASS -> of(false, band.low(), band.high());
      case BANDSTOP -> of(true, band.low(), band.high());
    };
  }

  /** Whether the highest band, the one that holds half the sample rate, is passed. */
  public boolean passNyquist() {
    return passZero ^ (edges.size() % 2 == 1);
  }

  /**
   * Lower and upper edges of the passed bands by turns, as fractions of half the sample rate; 0 and
   * 1 included where they are passed.
   */
  double[] normalised(double sampleRate) {
    for (double edge : edges) {
      Checks.belowNyquist("band edge", edge, sampleRate);
    }
    double[] bounds = new double[edges.size() + (passZero ? 1 : 0) + (passNyquist() ? 1 : 0)];
    int first = passZero ? 1 : 0;
    for (int i = 0; i < edges.size(); i++) {
      bounds[first + i] = edges.get(i) / (sampleRate / 2);
    }
    if (passNyquist()) {
      bounds[bounds.length - 1] = 1;
    }
    return bounds;
  }
}
