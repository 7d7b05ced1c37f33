package io.github.millrace.bench.sweep;

/** Hears of a sweep as it goes on, on the thread that measures. */
public interface SweepListener {

  /**
   * A point is next.
   *
   * @param curve of which curve
   * @param frames frames of every forward
   * @param done share of the work that is done, from 0 to 1
   */
  void begins(SweepCurve curve, long frames, double done);

  /** A point is measured. */
  void measured(SweepPoint point);

  /** A curve cannot be measured here, which is no fault. */
  void skipped(SweepCurve curve, String reason);

  /** The output of a curve is wrong, or its device failed: the rest of it is not measured. */
  void failed(SweepCurve curve, String reason);
}
