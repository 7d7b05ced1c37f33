package io.github.millrace.design;

/** The argument checks that FIR designs share. */
final class FirChecks {
  private FirChecks() {}

  static void taps(int taps) {
    if (taps < 1) {
      throw new IllegalArgumentException("taps is " + taps + ", expected at least 1");
    }
  }

  static void sampleRate(double sampleRate) {
    if (!(sampleRate > 0 && sampleRate < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "sample rate is " + sampleRate + " Hz, expected a finite rate above 0");
    }
  }

  static void insideNyquist(String what, double value, double sampleRate) {
    sampleRate(sampleRate);
    if (!(value > 0 && value < sampleRate / 2)) {
      throw new IllegalArgumentException(
          what
              + " is "
              + value
              + " Hz, expected above 0 and below "
              + sampleRate / 2
              + " Hz, half the sample rate");
    }
  }

  /** A type II filter (even length, symmetric) has a zero at the Nyquist frequency. */
  static void oddForNyquist(int taps) {
    if (taps % 2 == 0) {
      throw new IllegalArgumentException(
          "taps is "
              + taps
              + ", expected an odd number such as "
              + (taps + 1)
              + ": a symmetric filter of even length cannot pass the Nyquist frequency");
    }
  }
}
