package io.github.millrace.plan;

import io.github.millrace.signal.SampleType;

/** The arithmetic inside a plan; it does not change the sample type in memory. */
public enum Precision {
  /**
   * Arithmetic and state in float64, whatever the sample type; parts of a sum may be in float32
   * where that is off by less than a fifth of what rounding to float32 samples is, rms, as in a
   * resampler's outermost taps.
   */
  PRECISE,
  /**
   * Arithmetic in float32 for float32 samples where that is faster, with the carried state in
   * float64, or, on a device that has none, in float32: less exact. A permission: a stage that a
   * backend computes in float64 only still runs, and the plan's description names it.
   */
  FAST;

  /** The type of the numbers inside, for samples of a type, where a backend has fast arithmetic. */
  public SampleType arithmetic(SampleType samples) {
    return this == FAST && samples == SampleType.FLOAT32 ? SampleType.FLOAT32 : SampleType.FLOAT64;
  }
}
