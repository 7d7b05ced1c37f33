package io.github.millrace.design.fir;

/** The argument checks that FIR designs share. */
final class FirChecks {
  private static final int MOST_TAPS = 1 << 24;

  private FirChecks() {}

  static void taps(int taps) {
    if (taps < 1) {
      throw new IllegalArgumentException("taps is " + taps + ", expected at least 1");
    }
    if (taps > MOST_TAPS) {
      throw new IllegalArgumentException("taps is " + taps + ", expected at most " + MOST_TAPS);
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
