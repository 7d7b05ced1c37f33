package io.github.millrace.io.pcm;

import io.github.millrace.io.Encoding;
import io.github.millrace.io.Scale;

/**
 * What an integer encoding can hold, in steps: samples times a factor, rounded.
 *
 * @param factor steps of a sample of 1
 * @param low least
 * @param high greatest; of 64 bits the double nearest to it, from which a cast comes back to it
 * @param zero what is added to make the stored integer
 */
record IntegerRange(double factor, double low, double high, double zero) {

  /** The range of an encoding; that of floating point is not used. */
  static IntegerRange of(Encoding encoding, Scale scale) {
    double half = Math.scalb(1.0, 8 * encoding.bytes() - 1);
    boolean shifted = !encoding.isSigned() && scale == Scale.FULL;
    double factor = scale == Scale.FULL ? half : 1;
    if (encoding.isSigned() || shifted) {
      return new IntegerRange(factor, -half, half - 1, shifted ? half : 0);
    }
    return new IntegerRange(factor, 0, 2 * half - 1, 0);
  }

  /** The sample in the middle of what surely fits. */
  double middle() {
    return low == 0 ? high / 2 : 0;
  }

  /** How far from the middle a sample surely fits. */
  double limit() {
    return low == 0 ? high / 2 : high / factor;
  }
}
