package io.github.millrace.run;

/** What becomes of input samples that are NaN or infinite. */
public enum NonFinite {
  /**
   * They stay: a recursive filter's output is NaN from there on, as SciPy's is, any other's within
   * its reach.
   */
  KEEP,
  /** Reading fails at the first. */
  FAIL,
  /** They become 0: past a gap longer than its memory, a filter starts anew from rest. */
  ZERO,
  /**
   * They become the last finite sample of their channel, or 0 before the first: a gap brings no
   * step into a signal that has an offset.
   */
  HOLD
}
