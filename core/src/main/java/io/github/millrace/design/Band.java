package io.github.millrace.design;

import java.util.Locale;
import java.util.Objects;

/**
 * What a filter passes: a kind and its edge frequencies in Hz.
 *
 * <p>A low-pass or high-pass has one cutoff, held as both {@code low} and {@code high}.
 *
 * @param kind low-pass, high-pass, bandpass or bandstop
 * @param low lower edge in Hz, above 0
 * @param high upper edge in Hz; above {@code low} for a bandpass and a bandstop, else equal to it
 */
public record Band(Kind kind, double low, double high) {

  /** The four kinds of band. */
  public enum Kind {
    /** Passes what is below the cutoff. */
    LOWPASS,
    /** Passes what is above the cutoff. */
    HIGHPASS,
    /** Passes what is between the edges. */
    BANDPASS,
    /** Stops what is between the edges. */
    BANDSTOP
  }

  /**
   * Checks the edges.
   *
   * @throws IllegalArgumentException where an edge is not finite and above 0 Hz, or the edges are
   *     out of order
   */
  public Band {
    Objects.requireNonNull(kind, "kind");
    Checks.positive(hasTwoEdges(kind) ? "lower edge" : "cutoff", low, " Hz");
    Checks.positive(hasTwoEdges(kind) ? "upper edge" : "cutoff", high, " Hz");
    if (hasTwoEdges(kind) && !(low < high)) {
      throw new IllegalArgumentException(
          "band edges are " + low + " and " + high + " Hz, expected the lower edge first");
    }
    if (!hasTwoEdges(kind) && low != high) {
      throw new IllegalArgumentException(
          "a " + name(kind) + " has edges " + low + " and " + high + " Hz, expected one cutoff");
    }
  }

  /** A low-pass with this cutoff in Hz. */
  public static Band low(double cutoff) {
    return new Band(Kind.LOWPASS, cutoff, cutoff);
  }

  /** A high-pass with this cutoff in Hz. */
  public static Band high(double cutoff) {
    return new Band(Kind.HIGHPASS, cutoff, cutoff);
  }

  /** A bandpass between these edges in Hz. */
  public static Band bandpass(double low, double high) {
    return new Band(Kind.BANDPASS, low, high);
  }

  /** A bandstop between these edges in Hz. */
  public static Band bandstop(double low, double high) {
    return new Band(Kind.BANDSTOP, low, high);
  }

  /** Whether this is a bandpass or a bandstop. */
  public boolean hasTwoEdges() {
    return hasTwoEdges(kind);
  }

  /**
   * Checks that this band exists at a sample rate.
   *
   * @throws IllegalArgumentException where the rate is unknown (0), not finite or negative, or an
   *     edge is not below half of it
   */
  public void checkBelowNyquist(double sampleRate) {
    Checks.belowNyquist(hasTwoEdges() ? "lower edge" : "cutoff", low, sampleRate);
    Checks.belowNyquist(hasTwoEdges() ? "upper edge" : "cutoff", high, sampleRate);
  }

  /** Short text, such as "lowpass 5000 Hz" or "bandpass 300-3400 Hz". */
  public String describe() {
    String edges = hasTwoEdges() ? Checks.text(low) + "-" + Checks.text(high) : Checks.text(low);
    return name(kind) + " " + edges + " Hz";
  }

  private static boolean hasTwoEdges(Kind kind) {
    return kind == Kind.BANDPASS || kind == Kind.BANDSTOP;
  }

  private static String name(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
