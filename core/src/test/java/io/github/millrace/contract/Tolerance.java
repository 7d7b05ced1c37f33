package io.github.millrace.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.design.Sos;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;
import io.github.millrace.stage.CustomStage;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Fft;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.FirDesign;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.InverseFft;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.SosCascade;
import io.github.millrace.stage.Stage;
import java.util.List;

/**
 * How far from the reference an output may be: relative rms per channel, one class for all
 * backends.
 *
 * <p>With e the error of the plain serial float64 cascade on the same filter and input: float64
 * max(1e-13, 50 e), float32 samples 2^-24 for each stage that may round, plus 50 e: one correct
 * rounding may be off by that much in every sample of a signal that repeats itself.
 *
 * <p>In float32 arithmetic nothing for a delay, 2^-23 for a gain, whose factor and product each
 * round once, and 4e-7 for every stage that sums: roundings of 2^-24 that meet at random grow with
 * the logarithm of a transform's length and the root of the number of terms, and most was 3.1e-7,
 * for a mean of 300 channels (2-core Zen 5 VM, AVX-512, November 2026). Chains with cascades 3e-6
 * in all, plus eight times the error of the plain serial float32 cascade.
 */
final class Tolerance {

  /** Half a unit in the last place of a float32: the most that one rounding is off. */
  private static final double ROUNDING = 0x1p-24;

  private static final double FAST_SUM = 4e-7;

  private Tolerance() {}

  static double of(ContractCase test, SampleType type, double[][] x) {
    double[] signal = x[0];
    if (test.precision() == Precision.FAST && type == SampleType.FLOAT32) {
      return fast(test, signal);
    }
    double e = 0;
    for (Sos sos : test.cascades()) {
      e = Math.max(e, error(Oracle.cascade(sos, signal), Oracle.plainCascade(sos, signal)));
    }
    if (type == SampleType.FLOAT64) {
      return Math.max(1e-13, 50 * e);
    }
    return test.roundings() * ROUNDING + 50 * e;
  }

  private static double fast(ContractCase test, double[] signal) {
    double e = 0;
    for (Sos sos : test.cascades()) {
      e = Math.max(e, error(Oracle.cascade(sos, signal), Oracle.float32Cascade(sos, signal)));
    }
    return (test.cascades().isEmpty() ? fast(test.stages()) : 3e-6) + 8 * e;
  }

  private static double fast(List<Stage> stages) {
    double tolerance = 0;
    for (Stage stage : stages) {
      tolerance +=
          switch (stage) {
            case Delay _ -> 0;
            case Gain _ -> 2 * ROUNDING;
            case SosCascade _, Fir _, Mix _, Resample _, Fft _, InverseFft _, CustomStage _ ->
                FAST_SUM;
            case Iir _, FirDesign _ -> throw new IllegalArgumentException("not lowered: " + stage);
          };
    }
    return tolerance;
  }

  static void require(String where, double[][] expected, double[][] actual, double tolerance) {
    assertEquals(expected.length, actual.length, where + ": planes");
    for (int p = 0; p < expected.length; p++) {
      assertEquals(expected[p].length, actual[p].length, where + ": frames of plane " + p);
      double error = error(expected[p], actual[p]);
      assertTrue(
          error <= tolerance,
          where + ": relative rms error of plane " + p + " is " + error + ", at most " + tolerance);
    }
  }

  /** Relative rms error; 0 for empty or equal signals. */
  static double error(double[] expected, double[] actual) {
    double difference = 0;
    double power = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += (actual[i] - expected[i]) * (actual[i] - expected[i]);
      power += expected[i] * expected[i];
    }
    return difference == 0 ? 0 : Math.sqrt(difference / power);
  }
}
