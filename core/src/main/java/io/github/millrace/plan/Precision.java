package io.github.millrace.plan;

/** The arithmetic inside a plan; it does not change the sample type in memory. */
public enum Precision {
  /** Arithmetic and state in float64, whatever the sample type. */
  PRECISE,
  /**
   * Arithmetic in float32 for float32 samples where that is faster, with the carried state in
   * float64: less exact. A permission: a stage that a backend computes in float64 only still runs,
   * and the plan's description names it.
   */
  FAST
}
