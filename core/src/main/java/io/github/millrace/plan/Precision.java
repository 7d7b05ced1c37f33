package io.github.millrace.plan;

/** The arithmetic inside a plan; it does not change the sample type in memory. */
public enum Precision {
  /** Arithmetic and state in float64, whatever the sample type. */
  PRECISE,
  /**
   * Arithmetic in float32 for float32 samples, with the carried state in float64: faster, less
   * exact.
   */
  FAST
}
