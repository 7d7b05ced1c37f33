package io.github.millrace.simd;

import io.github.millrace.host.CacheSize;
import io.github.millrace.host.Crew;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;

/**
 * What a kernel in C depends on beside its step.
 *
 * @param threshold frames per forward from which cascades run parallel in time
 */
record Setting(
    NativeLibrary library, String variant, Precision precision, long threshold, Crew crew) {

  /** Half the last-level cache, asked for at prepare. */
  private static final long STREAMED_BYTES = CacheSize.lastLevel() / 2;

  /** How the library names the format of these samples. */
  String format(SampleType type) {
    if (type == SampleType.FLOAT64) {
      return "f64";
    }
    return precision == Precision.FAST ? "f32fast" : "f32";
  }

  /** The end of the name of a function for these samples. */
  String suffix(SampleType type) {
    return "_" + format(type) + "_" + variant;
  }

  /** Whether input and output of this size are more than the last-level cache holds. */
  static boolean streams(long outputBytes) {
    return outputBytes > STREAMED_BYTES;
  }

  /** The variant and the arithmetic, for people. */
  String describe() {
    return variant + ", " + (precision == Precision.FAST ? "fast" : "precise");
  }
}
