package io.github.millrace.contract;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.signal.SampleType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ToleranceTest {

  /** Just below the middle of two neighbours: rounding could not be further off. */
  private static final double WORST = 1 + 0x1p-24 - 0x1p-40;

  /** A long constant, every sample of which rounds down by almost half a unit in the last place. */
  @Test
  void oneCorrectRoundingIsAdmittedAndAnotherIsNot() {
    ContractCase gain =
        ContractCase.all().stream().filter(c -> c.name().equals("gain")).findFirst().orElseThrow();
    double[][] exact = constant(WORST);
    double tolerance = Tolerance.of(gain, SampleType.FLOAT32, exact);
    double[][] rounded = constant((float) WORST);
    assertTrue(Tolerance.error(exact[0], rounded[0]) > 5.9e-8);
    Tolerance.require("rounded", exact, rounded, tolerance);
    double[][] off = constant((float) WORST - 0x1p-26);
    assertThrows(AssertionError.class, () -> Tolerance.require("off", exact, off, tolerance));
  }

  private static double[][] constant(double value) {
    double[][] signal = new double[1][1_000];
    Arrays.fill(signal[0], value);
    return signal;
  }
}
