package io.github.millrace.design;

/** The argument checks that all designs share. */
public final class Checks {

  private static final int HIGHEST_ORDER = 1_000;

  private Checks() {}

  /** Throws unless the value is finite and above 0. */
  public static void positive(String what, double value, String unit) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(
          what + " is " + value + unit + ", expected a finite value above 0" + unit);
    }
  }

  /** Throws unless the value is finite. */
  public static void finite(String what, double value, String unit) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          what + " is " + value + unit + ", expected a finite value");
    }
  }

  /** Throws unless the rate is known, finite and above 0. */
  public static void sampleRate(double sampleRate) {
    if (sampleRate == 0) {
      throw new IllegalArgumentException(
          "sample rate is 0 Hz (unknown), a filter in Hz needs a finite rate above 0 Hz");
    }
    positive("sample rate", sampleRate, " Hz");
  }

  /** Throws unless {@code 0 < frequency < sampleRate / 2}. */
  public static void belowNyquist(String what, double frequency, double sampleRate) {
    sampleRate(sampleRate);
    if (!(frequency > 0 && frequency < sampleRate / 2)) {
      throw new IllegalArgumentException(
          what
              + " is "
              + frequency
              + " Hz, expected above 0 Hz and below "
              + sampleRate / 2
              + " Hz, half the sample rate");
    }
  }

  /** Throws unless {@code 0 < ripple < attenuation}, in dB. */
  public static void levels(double rippleDb, double attenuationDb) {
    positive("ripple", rippleDb, " dB");
    positive("attenuation", attenuationDb, " dB");
    if (attenuationDb <= rippleDb) {
      throw new IllegalArgumentException(
          "attenuation is "
              + attenuationDb
              + " dB, expected above the ripple, "
              + rippleDb
              + " dB");
    }
  }

  /** Throws unless order is 1 to 1,000, beyond any that a double can hold in a band of interest. */
  public static void order(int order) {
    if (order < 1) {
      throw new IllegalArgumentException("order is " + order + ", expected at least 1");
    }
    if (order > HIGHEST_ORDER) {
      throw new IllegalArgumentException(
          "order is " + order + ", expected at most " + HIGHEST_ORDER);
    }
  }

  /** A number of Hz, dB or the like as short text: no trailing ".0". */
  public static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
