package io.github.millrace.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.bench.FaultyBackend.Fault;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The check lets what is right pass, and nothing that is wrong. */
class RigTest {

  /** More than one block of the reference, and no multiple of it. */
  private static final long FRAMES = 70_001;

  static final List<Workload> WORKLOADS =
      List.of(
          Workload.cascade(1, false),
          Workload.cascade(8, true),
          Workload.fir(63),
          Workload.fir(1_001),
          Workload.resample());

  private static BenchCase bench(Workload workload, SampleType type, String backend) {
    PlanOptions options = PlanOptions.DEFAULTS.withBackend(backend).withThreads(2);
    return new BenchCase(workload, type, 3, FRAMES, options);
  }

  private static double check(BenchCase bench) {
    try (Rig rig = Rig.open(bench, 1)) {
      rig.forward();
      return rig.check();
    }
  }

  @ParameterizedTest
  @FieldSource("WORKLOADS")
  void whatIsRightPasses(Workload workload) {
    for (String backend : List.of("java", Fault.NONE.backend())) {
      assertEquals(0, check(bench(workload, SampleType.FLOAT64, backend)), 1e-15);
      double rounding = check(bench(workload, SampleType.FLOAT32, backend));
      assertTrue(rounding > 0x1p-26 && rounding <= 0x1p-24, () -> "error is " + rounding);
    }
  }

  @ParameterizedTest
  @EnumSource(value = Fault.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
  void whatIsWrongDoesNot(Fault fault) {
    for (Workload workload : WORKLOADS) {
      for (SampleType type : SampleType.values()) {
        BenchCase bench = bench(workload, type, fault.backend());
        WrongOutputException e = assertThrows(WrongOutputException.class, () -> check(bench));
        String message =
            bench.describe() + " on faulty: output differs from the Java reference by ";
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
      }
    }
  }

  @Test
  void fastArithmeticIsAllowedItsOwnErrorsOnly() {
    PlanOptions fast = PlanOptions.DEFAULTS.withPrecision(Precision.FAST).withThreads(1);
    for (Workload workload : WORKLOADS) {
      PlanOptions slight = fast.withBackend(Fault.SLIGHT.backend());
      assertTrue(check(new BenchCase(workload, SampleType.FLOAT32, 1, FRAMES, slight)) <= 0x1p-20);
      for (Fault fault : List.of(Fault.SILENT, Fault.NAN)) {
        PlanOptions wrong = fast.withBackend(fault.backend());
        BenchCase bench = new BenchCase(workload, SampleType.FLOAT32, 1, FRAMES, wrong);
        assertThrows(WrongOutputException.class, () -> check(bench), bench::describe);
      }
    }
  }

  @Test
  void missingFramesAreWrong() {
    BenchCase bench = bench(Workload.fir(1), SampleType.FLOAT32, "java");
    try (SignalBuffer in = SignalBuffer.allocate(bench.format(), 40_000)) {
      assertEquals(0, OutputCheck.maxError(bench, in, in));
      SignalBuffer shorter = in.slice(0, 30_000);
      WrongOutputException e =
          assertThrows(WrongOutputException.class, () -> OutputCheck.maxError(bench, in, shorter));
      assertTrue(e.getMessage().contains("has 30000 frames"), e.getMessage());
      assertTrue(e.getMessage().endsWith("Java reference 40000"), e.getMessage());
    }
  }

  @Test
  void oneWrongSampleIsFound() {
    BenchCase bench = bench(Workload.fir(1), SampleType.FLOAT64, "java");
    try (SignalBuffer in = SignalBuffer.allocate(bench.format(), 40_000);
        SignalBuffer out = SignalBuffer.allocate(bench.format(), 40_000)) {
      in.set(2, 100, 4);
      out.set(2, 100, 4);
      out.set(1, 39_999, 1);
      assertEquals(0.25, OutputCheck.maxError(bench, in, out), 1e-15);
    }
  }

  @Test
  void aMissingBackendIsNamed() {
    BenchCase bench = bench(Workload.fir(1), SampleType.FLOAT32, "abacus");
    assertThrows(BackendException.class, () -> Rig.open(bench));
  }
}
