package io.github.millrace.simd;

import io.github.millrace.host.Crew;
import io.github.millrace.plan.Bits;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;

/**
 * What a kernel in C depends on beside its step.
 *
 * @param threshold frames per forward from which cascades run parallel in time
 */
record Setting(NativeDevice.Code code, PlanOptions options, long threshold, Crew crew) {

  /** The library of the functions. */
  NativeLibrary library() {
    return code.library();
  }

  /** The variant of the functions. */
  String variant() {
    return code.variant();
  }

  /** Whether vectors have more than two float64 lanes. */
  boolean hasWideLanes() {
    return variant().startsWith("avx");
  }

  /** How the library names the format of these samples. */
  String format(SampleType type) {
    if (type == SampleType.FLOAT64) {
      return "f64";
    }
    return isFast() ? "f32fast" : "f32";
  }

  /** The end of the name of a function for these samples. */
  String suffix(SampleType type) {
    return "_" + format(type) + "_" + variant();
  }

  /**
   * Whether output of this size is stored around the caches, which decides how it is stored, never
   * what.
   */
  boolean streams(long outputBytes) {
    return bits() != Bits.GRID && outputBytes > code.streamedBytes();
  }

  /** What is promised of the output's last bits. */
  Bits bits() {
    return options.bits();
  }

  private boolean isFast() {
    return options.precision() == Precision.FAST;
  }

  /** The variant and the arithmetic, for people. */
  String describe() {
    return variant() + ", " + (isFast() ? "fast" : "precise");
  }
}
