package io.github.millrace.bench;

import io.github.millrace.design.state.RoundingError;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.SosCascade;
import io.github.millrace.stage.Stage;

/**
 * The largest error, relative to the peak, with which an output still counts as right.
 *
 * <p>With e the error of the plain serial float64 cascades (0 for other stages): float64 samples
 * max(1e-13, 50 e); float32 samples in float64 arithmetic 50 e more than one rounding of the
 * largest sample by every stage; float32 arithmetic 1e-6 and 50 e times the ratio of the two
 * roundings, but never so much that silence would pass.
 */
final class Tolerance {

  private static final double FLOAT64 = 1e-13;
  private static final double FLOAT32_ROUNDING = 0x1p-24;
  private static final double FLOAT32_ARITHMETIC = 1e-6;
  private static final double ROUNDING_RATIO = 0x1p29;
  private static final double MARGIN = 50;
  private static final double MOST = 0.5;

  private Tolerance() {}

  /** The tolerance of a case. */
  static double of(BenchCase bench) {
    double e = 0;
    StreamFormat format = bench.format();
    int stages = bench.workload().pipeline().stages().size();
    for (Stage stage : bench.workload().pipeline().stages()) {
      e += MARGIN * SosCascade.sectionsOf(stage.lower(format)).map(RoundingError::of).orElse(0.0);
      format = stage.output(format);
    }
    if (bench.type() == SampleType.FLOAT64) {
      return Math.max(FLOAT64, e);
    }
    return bench.options().precision() == Precision.PRECISE
        ? stages * FLOAT32_ROUNDING + e
        : Math.min(MOST, FLOAT32_ARITHMETIC + ROUNDING_RATIO * e);
  }
}
