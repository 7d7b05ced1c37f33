package io.github.millrace.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.design.Band;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Iir;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What must become of samples beyond the ordinary: not a number, huge, fading away. */
public abstract class SampleContract extends ArrayContract {

  /** A NaN reaches every later sample of its channel through a cascade, and no other channel. */
  @TestFactory
  Stream<DynamicTest> notANumberStaysInItsChannel() {
    return each(
        (test, type) -> {
          if (!test.keepsChannelsApart()) {
            return;
          }
          StreamFormat format = new StreamFormat(ContractCase.RATE, 3, type);
          double[][] x = Rig.noise(format, 3 * tile(), 6);
          double[][] clean;
          try (Plan plan = prepare(test, format)) {
            clean = Rig.run(plan, x);
            plan.reset();
            x[1][100] = Double.NaN;
            double[][] y = Rig.run(plan, x);
            int planes = y.length / 3;
            for (int p = 0; p < y.length; p++) {
              if (p / planes != 1) {
                assertArrayEquals(clean[p], y[p], test.name() + " plane " + p);
              }
            }
            if (!test.cascades().isEmpty()) {
              assertTrue(Double.isNaN(y[planes][y[planes].length - 1]), test.name());
            }
          }
        });
  }

  /** A huge sample changes what the filter brings it to and nothing else, by transforms too. */
  @TestFactory
  Stream<DynamicTest> aHugeSampleIsFeltWithinItsReach() {
    return Stream.of(Precision.values())
        .flatMap(precision -> Stream.of(SampleType.values()).map(t -> glitches(precision, t)));
  }

  /** The frames before it too, of a filter whose transforms are far longer than the glitch. */
  @ParameterizedTest
  @EnumSource
  void aHugeSampleSpoilsNothingBeforeIt(SampleType type) {
    Assumptions.assumeTrue(backend().onProcessor(), "the CPU's transforms are this long");
    Fir fir = ContractCase.fir(65_535).with(Fir.Method.OVERLAP_SAVE);
    ContractCase test = new ContractCase("glitch", Pipeline.of(fir), Precision.PRECISE);
    try (Plan plan = prepare(test, new StreamFormat(ContractCase.RATE, 1, type))) {
      double tolerance = type == SampleType.FLOAT32 ? 3e-7 : 1e-9;
      Glitches.inTheMiddle(fir.length()).require(plan, fir.taps(), tolerance);
    }
  }

  private DynamicTest glitches(Precision precision, SampleType type) {
    return DynamicTest.dynamicTest(
        precision + " " + type.shortName(),
        () -> {
          double narrow = precision == Precision.FAST ? 1e-5 : 3e-7;
          double tolerance = type == SampleType.FLOAT32 ? narrow : 1e-9;
          for (int taps : new int[] {255, 3_000}) {
            Fir fir = ContractCase.fir(taps).with(Fir.Method.OVERLAP_SAVE);
            ContractCase test = new ContractCase("glitch", Pipeline.of(fir), precision);
            Optional<String> refusal = refusal(test);
            Assumptions.assumeTrue(refusal.isEmpty(), refusal.orElse(""));
            StreamFormat format = new StreamFormat(ContractCase.RATE, 1, type);
            for (Glitches glitches : Glitches.all(taps)) {
              try (Plan plan = prepare(test, format)) {
                glitches.require(plan, fir.taps(), tolerance);
              }
            }
          }
        });
  }

  /**
   * After a burst a filter falls silent without a subnormal number, which processors are slow at,
   * and leaves the caller's own arithmetic as it was.
   */
  @ParameterizedTest
  @EnumSource
  void silenceHoldsNoSubnormals(SampleType type) {
    StreamFormat format = new StreamFormat(ContractCase.RATE, 1, type);
    int frames = (int) ContractCase.RATE;
    double[][] silence = new double[1][frames];
    try (Plan plan = prepare(ContractCase.all().get(1), format)) {
      Rig.forward(plan, Rig.noise(format, frames, 9), 0, frames);
      double[] y = {1};
      for (int second = 0; second < 10; second++) {
        y = Rig.forward(plan, silence, 0, frames)[0];
        // a float32 output passes through the subnormals of its own type on its way to 0
        double[] wide = type == SampleType.FLOAT64 ? y : new double[0];
        assertEquals(0, subnormals(wide), "outputs of second " + second);
        assertEquals(0, subnormals(plan.state().getFirst().values()), "states " + second);
      }
      assertArrayEquals(silence[0], y);
      assertEquals(0, Arrays.stream(plan.state().getFirst().values()).map(Math::abs).sum());
      assertEquals(Double.MIN_NORMAL / 2, half(Double.MIN_NORMAL), "subnormals are lost here now");
    }
  }

  private static long subnormals(double[] values) {
    return Arrays.stream(values).filter(v -> v != 0 && Math.abs(v) < Double.MIN_NORMAL).count();
  }

  /** At run time, where the mode of the processor counts. */
  private static double half(double value) {
    return value * new SplittableRandom(value > 1 ? 2 : 1).nextDouble(0.5, Math.nextUp(0.5));
  }

  /** Where float32 coefficients would let a filter grow without bound, fast is float64. */
  @ParameterizedTest
  @CsvSource({"2, 0.5", "4, 0.5", "2, 0.05", "4, 0.05", "2, 0.005"})
  void fastNeverLosesThePoles(int order, double cutoff) {
    StreamFormat format = new StreamFormat(ContractCase.RATE, 1, SampleType.FLOAT32);
    Iir filter = Iir.butterworth(order, Band.high(cutoff));
    assertFalse(filter.lower(format).sos().holdsInFloat32());
    Pipeline chain = Pipeline.of(filter);
    ContractCase fast = new ContractCase("narrow high-pass", chain, Precision.FAST);
    Optional<String> refusal = refusal(fast);
    Assumptions.assumeTrue(refusal.isEmpty(), refusal.orElse(""));
    double[][] x = Rig.noise(format, 100_000, 11);
    double tolerance =
        Tolerance.of(new ContractCase("", chain, Precision.PRECISE), format.type(), x);
    double[][] expected = Oracle.run(chain, format, x);
    try (Plan plan = prepare(fast, format)) {
      Tolerance.require("one block", expected, Rig.run(plan, x), tolerance);
      plan.reset();
      Tolerance.require("many blocks", expected, Rig.runSplit(plan, x, 5_000), tolerance);
    }
  }
}
