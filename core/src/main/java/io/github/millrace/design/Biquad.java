package io.github.millrace.design;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * One section of the audio equaliser cookbook.
 *
 * <p>Source: R. Bristow-Johnson, Cookbook formulae for audio equalizer biquad filter coefficients,
 * W3C Working Group Note, 2021. For shelves, {@code q} is the cookbook's Q.
 *
 * @param kind which of the nine sections
 * @param frequency cutoff, centre or shelf midpoint, in Hz
 * @param q quality factor, above 0
 * @param gainDb gain in dB of a peak or a shelf; 0 for the other kinds
 */
public record Biquad(Kind kind, double frequency, double q, double gainDb) implements IirDesign {

  /** The nine sections. */
  public enum Kind {
    /** Low-pass. */
    LOWPASS("lowpass"),
    /** High-pass. */
    HIGHPASS("highpass"),
    /** Bandpass with 0 dB at its peak. */
    BAND("bandpass"),
    /** Bandpass with constant skirt gain: q, as an amplitude, at its peak. */
    BAND_SKIRT("bandpass (constant skirt)"),
    /** Notch. */
    NOTCH("notch"),
    /** All-pass. */
    ALLPASS("allpass"),
    /** Peak: gainDb at the centre, 0 dB far from it. */
    PEAK("peak"),
    /** Low shelf: gainDb at 0 Hz, 0 dB at half the rate. */
    LOW_SHELF("low shelf"),
    /** High shelf: 0 dB at 0 Hz, gainDb at half the rate. */
    HIGH_SHELF("high shelf");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** Whether the section has a gain of its own: a peak or a shelf. */
    public boolean hasGain() {
      return this == PEAK || this == LOW_SHELF || this == HIGH_SHELF;
    }
  }

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException where frequency or q is not finite and above 0, gainDb is not
   *     finite, or gainDb is not 0 for a kind without gain
   */
  public Biquad {
    Objects.requireNonNull(kind, "kind");
    Checks.positive("frequency", frequency, " Hz");
    Checks.positive("q", q, "");
    Checks.finite("gain", gainDb, " dB");
    if (!kind.hasGain() && gainDb != 0) {
      throw new IllegalArgumentException(
          "gain is " + gainDb + " dB, a " + kind.text + " has none: expected 0 dB");
    }
  }

  @Override
  public Sos sos(double sampleRate) {
    Checks.belowNyquist("frequency", frequency, sampleRate);
    double half = Math.PI * (frequency / sampleRate);
    double alpha = Math.sin(2 * half) / (2 * q);
    double[] row =
        switch (kind) {
          case LOW_SHELF -> shelf(half, alpha, 1);
          case HIGH_SHELF -> shelf(half, alpha, -1);
          case PEAK -> peak(half, alpha);
          default -> plain(half, alpha);
        };
    return Sos.of(new double[][] {normalised(row)});
  }

  /**
   * The frequency of the section, and a notch's 3 dB edges; an all-pass has none, its magnitude
   * being 1 however its coefficients are rounded.
   */
  @Override
  public List<Corner> corners(double sampleRate) {
    Checks.belowNyquist("frequency", frequency, sampleRate);
    double level = 20 * Math.log10(q);
    return switch (kind) {
      case LOWPASS, HIGHPASS, BAND_SKIRT -> List.of(new Corner(frequency, level));
      case BAND -> List.of(new Corner(frequency, 0));
      case PEAK -> List.of(new Corner(frequency, gainDb));
      case LOW_SHELF, HIGH_SHELF -> List.of(new Corner(frequency, gainDb / 2));
      case NOTCH -> {
        double alpha = Math.sin(2 * Math.PI * (frequency / sampleRate)) / (2 * q);
        yield Notch.edges(sampleRate, frequency, alpha);
      }
      case ALLPASS -> List.of();
    };
  }

  @Override
  public String describe() {
    String gain = kind.hasGain() ? String.format(Locale.ROOT, ", %+.2f dB", gainDb) : "";
    return kind.text + " " + Checks.text(frequency) + " Hz, q " + Checks.text(q) + gain;
  }

  private double[] plain(double half, double alpha) {
    double cos = Math.cos(2 * half);
    // (1 - cos w) / 2 and (1 + cos w) / 2 as squares: all digits at low cutoffs.
    double low = Math.sin(half) * Math.sin(half);
    double high = Math.cos(half) * Math.cos(half);
    double[] b =
        switch (kind) {
          case LOWPASS -> new double[] {low, 2 * low, low};
          case HIGHPASS -> new double[] {high, -2 * high, high};
          case BAND -> new double[] {alpha, 0, -alpha};
          case BAND_SKIRT -> new double[] {q * alpha, 0, -q * alpha};
          case NOTCH -> new double[] {1, -2 * cos, 1};
          case ALLPASS -> new double[] {1 - alpha, -2 * cos, 1 + alpha};
          default -> throw new AssertionError(kind);
        };
    return new double[] {b[0], b[1], b[2], 1 + alpha, -2 * cos, 1 - alpha};
  }

  private double[] peak(double half, double alpha) {
    double a = Math.pow(10, gainDb / 40);
    double cos = Math.cos(2 * half);
    return new double[] {
      1 + alpha * a, -2 * cos, 1 - alpha * a, 1 + alpha / a, -2 * cos, 1 - alpha / a
    };
  }

  /** The low shelf for side 1; the high shelf, its mirror image in cos w, for side -1. */
  private double[] shelf(double half, double alpha, int side) {
    double a = Math.pow(10, gainDb / 40);
    double cos = side * Math.cos(2 * half);
    double root = 2 * Math.sqrt(a) * alpha;
    double sum = a + 1;
    double difference = a - 1;
    return new double[] {
      a * (sum - difference * cos + root),
      side * 2 * a * (difference - sum * cos),
      a * (sum - difference * cos - root),
      sum + difference * cos + root,
      side * -2 * (difference + sum * cos),
      sum + difference * cos - root
    };
  }

  private static double[] normalised(double[] row) {
    double[] result = new double[6];
    for (int i = 0; i < 6; i++) {
      result[i] = row[i] / row[3];
    }
    return result;
  }
}
