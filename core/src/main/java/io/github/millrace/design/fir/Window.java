package io.github.millrace.design.fir;

import io.github.millrace.design.Spelling;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * A window function: what an ideal impulse response, or a block before its transform, is multiplied
 * by.
 *
 * <p>Every window is symmetric to the last bit. Immutable, safe for any thread.
 *
 * @param shape which function
 * @param beta shape parameter of the Kaiser window, in [0, 700]; 0 for every other window
 */
public record Window(Shape shape, double beta) {

  /** Hamming, the default of window-method FIR design. */
  public static final Window HAMMING = of(Shape.HAMMING);

  /** The window functions; constants and definitions are those of {@code scipy.signal.windows}. */
  public enum Shape {
    /** All ones: the rectangular window. */
    BOXCAR("boxcar"),
    /** Triangle with zeros at both ends. */
    BARTLETT("bartlett"),
    /** Raised cosine on a pedestal: 0.54 - 0.46 cos. */
    HAMMING("hamming"),
    /** Raised cosine with zeros at both ends. */
    HANN("hann"),
    /** Three-term cosine sum 0.42, 0.5, 0.08. */
    BLACKMAN("blackman"),
    /** Minimum four-term cosine sum (Harris 1978), side lobes below -92 dB. */
    BLACKMAN_HARRIS("blackman-harris"),
    /** Minimum four-term cosine sum (Nuttall 1981), side lobes below -98 dB. */
    NUTTALL("nuttall"),
    /** Five-term cosine sum with a pass band flat within 0.01 dB (D'Antona and Ferrero 2006). */
    FLATTOP("flattop"),
    /** Piecewise cubic, the fourfold convolution of a rectangle (de la Vallee Poussin). */
    PARZEN("parzen"),
    /** Convolution of two half-period cosines. */
    BOHMAN("bohman"),
    /** I0(beta sqrt(1 - x^2)) / I0(beta) for x in [-1, 1] (Kaiser 1974). */
    KAISER("kaiser");

    private final String label;

    Shape(String label) {
      this.label = label;
    }

    /** The name used on the command line: lower case, words joined by a hyphen. */
    public String label() {
      return label;
    }
  }

  private static final double MAX_BETA = 700;

  /** Checks the ranges. */
  public Window {
    Objects.requireNonNull(shape, "shape");
    if (shape == Shape.KAISER && !(beta >= 0 && beta <= MAX_BETA)) {
      throw new IllegalArgumentException(
          "beta of a kaiser window is " + beta + ", expected 0 to 700");
    }
    if (shape != Shape.KAISER && beta != 0) {
      throw new IllegalArgumentException(
          "parameter of a " + shape.label() + " window is " + beta + ", expected none");
    }
  }

  /**
   * A window without a parameter.
   *
   * @throws IllegalArgumentException for {@link Shape#KAISER}, which needs one
   */
  public static Window of(Shape shape) {
    if (shape == Shape.KAISER) {
      throw new IllegalArgumentException(
          "a kaiser window needs its parameter beta, expected 0 to 700 (8.6 is a common choice)");
    }
    return new Window(shape, 0);
  }

  /**
   * The Kaiser window.
   *
   * @param beta trades main lobe width (small) for side lobe level (large), in [0, 700]; see {@link
   *     KaiserOrder#beta}
   */
  public static Window kaiser(double beta) {
    return new Window(Shape.KAISER, beta);
  }

  /**
   * The window with this name, for windows that have no parameter.
   *
   * @param name a {@link Shape#label}, in any case, with or without its hyphen
   * @throws IllegalArgumentException if the name is unknown; the message lists the valid names
   */
  public static Window parse(String name) {
    return of(shape(name));
  }

  /**
   * The window with this name and parameter.
   *
   * @param name a {@link Shape#label}; only {@code kaiser} takes a parameter
   * @param beta parameter of the Kaiser window, in [0, 700]
   * @throws IllegalArgumentException if the name is unknown or the parameter out of its range
   */
  public static Window parse(String name, double beta) {
    Shape shape = shape(name);
    if (shape != Shape.KAISER) {
      throw new IllegalArgumentException(
          "parameter of a " + shape.label() + " window is " + beta + ", expected none");
    }
    return kaiser(beta);
  }

  private static Shape shape(String name) {
    String wanted = plain(name);
    for (Shape shape : Shape.values()) {
      if (plain(shape.label()).equals(wanted)) {
        return shape;
      }
    }
    List<String> labels = Arrays.stream(Shape.values()).map(Shape::label).toList();
    throw new IllegalArgumentException(
        "unknown window '"
            + name
            + "'"
            + Spelling.nearest(name, labels).map(s -> ", did you mean " + s + "?").orElse("")
            + ": expected one of "
            + labels.stream().collect(Collectors.joining(", ")));
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
  }

  /**
   * The symmetric window, for filter design (SciPy's {@code sym=True}).
   *
   * @param length number of samples, at least 1; a length of 1 is [1]
   */
  public double[] symmetric(int length) {
    checkLength(length);
    double[] samples = new double[length];
    for (int n = 0; n < length; n++) {
      samples[n] = WindowFunction.at(this, Math.min(n, length - 1 - n), length);
    }
    return samples;
  }

  /**
   * The periodic window, for spectra (SciPy's {@code sym=False}): the symmetric window one sample
   * longer, without its last sample.
   *
   * @param length number of samples, at least 1; a length of 1 is [1]
   */
  public double[] periodic(int length) {
    checkLength(length);
    double[] samples = new double[length];
    for (int n = 0; n < length; n++) {
      samples[n] = length == 1 ? 1 : WindowFunction.at(this, Math.min(n, length - n), length + 1L);
    }
    return samples;
  }

  private static void checkLength(int length) {
    if (length < 1) {
      throw new IllegalArgumentException("window length is " + length + ", expected at least 1");
    }
  }

  /** The name, with the parameter where there is one: {@code hamming}, {@code kaiser(8.6)}. */
  public String describe() {
    return shape == Shape.KAISER ? shape.label() + "(" + beta + ")" : shape.label();
  }
}
