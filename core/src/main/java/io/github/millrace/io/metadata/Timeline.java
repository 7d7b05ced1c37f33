package io.github.millrace.io.metadata;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Where frames of an input lie in an output of another rate; rounded down, so that what marks a
 * frame of the one marks a frame of the other.
 *
 * @param fromRate frames per second of the input; 0 where unknown, which changes nothing
 * @param toRate frames per second of the output; 0 where unknown
 * @param shiftFrames frames of the output before the input's first one
 */
record Timeline(double fromRate, double toRate, long shiftFrames) {

  /** Whether nothing moves. */
  boolean isSame() {
    return shiftFrames == 0 && isSameRate();
  }

  /** Whether a second has as many frames as before. */
  boolean isSameRate() {
    return fromRate == toRate || fromRate == 0 || toRate == 0;
  }

  /** The frame of the output that this one of the input became. */
  long position(long frame) {
    return duration(frame) + shiftFrames;
  }

  /** As many seconds in frames of the output. */
  long duration(long frames) {
    return duration(BigInteger.valueOf(frames)).longValue();
  }

  /** As {@link #duration(long)}, for counts beyond 63 bits. */
  BigInteger duration(BigInteger frames) {
    if (isSameRate()) {
      return frames;
    }
    BigDecimal product = new BigDecimal(frames).multiply(BigDecimal.valueOf(toRate));
    return product.divideToIntegralValue(BigDecimal.valueOf(fromRate)).toBigInteger();
  }
}
