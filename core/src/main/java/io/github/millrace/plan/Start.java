package io.github.millrace.plan;

/** What a plan takes to have gone before the first frame of a stream. */
public enum Start {
  /** Silence: all state is 0. */
  ZERO,
  /**
   * The first frame, for ever: every stage starts in the state in which a constant input of the
   * first sample of each channel has settled, so that an offset makes no transient. Of a cascade
   * that is SciPy's {@code sosfilt_zi} times the first sample; FIR filters, delays and resamplers
   * remember as many frames of it as they look back.
   */
  STEADY
}
