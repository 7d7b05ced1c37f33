package io.github.millrace.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Backend;
import io.github.millrace.choice.Planner;
import io.github.millrace.design.Sos;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.StageState;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The rows of a contract: every case and type on one backend, whose subclass names it, and the
 * state that each leaves.
 */
@Tag(Verify.TAG)
public abstract class ContractRows {

  private static final Map<String, String> MATRIX = new TreeMap<>();

  /** The backend under test. */
  protected abstract Backend backend();

  /** Frames around which kernels change their path. */
  protected abstract int tile();

  /** Why the device cannot be here, found without the backend; empty where it must be here. */
  protected abstract Optional<String> absence();

  /** Options under which the contract is to hold. */
  protected PlanOptions options() {
    return PlanOptions.DEFAULTS.withBackend(backend().name()).withThreads(2);
  }

  /** A device is absent only where the independent probe says so too. */
  @BeforeEach
  final void requireDevice() {
    DeviceDescription device = backend().devices().getFirst();
    if (!device.available()) {
      assertTrue(absence().isPresent(), "the device is said to be absent: " + device.reason());
      Assumptions.abort(backend().name() + ": " + device.reason() + "; " + absence().get());
    }
  }

  /** Prints what ran where. */
  @AfterAll
  static void printMatrix() {
    System.out.println("Contract matrix (stage x backend type):");
    MATRIX.forEach((row, verdict) -> System.out.printf("  %-60s %s%n", row, verdict));
    MATRIX.clear();
  }

  /**
   * The state is the oracle's, also where the output has forgotten what the state has not: a slow
   * pole that a later zero cancels, and one that an earlier zero does, in a state from elsewhere.
   */
  @Test
  void statesEqualTheOracle() {
    double[] pole = {1, 0, 0, 1, -(1 - 1e-5), 0};
    double[] zero = {1, -(1 - 1e-5), 0, 1, -0.5, 0};
    for (SampleType type : SampleType.values()) {
      requireState(Sos.of(new double[][] {pole, zero}), 1, type, 400_003);
      requireState(Sos.of(new double[][] {zero, pole}), 1, type, 400_003);
      ContractCase.all().stream()
          .flatMap(test -> test.cascades().stream())
          .forEach(sos -> requireState(sos, 0, type, 4 * tile() + 3));
    }
  }

  /**
   * After noise with an offset, from a state that is the same in all entries: within 1e-9 and 50
   * times what the plain serial float64 cascade is off.
   */
  private void requireState(Sos sos, double start, SampleType type, int frames) {
    ContractCase test = ContractCase.cascade("state", sos);
    StreamFormat format = new StreamFormat(ContractCase.RATE, 1, type);
    double[][] x = Rig.noise(format, frames, 11);
    Arrays.setAll(x[0], i -> (float) (x[0][i] + 1));
    double[] expected = new double[2 * sos.sections()];
    Arrays.fill(expected, start);
    double[] plain = expected.clone();
    try (Plan plan = prepare(test, format)) {
      plan.restore(List.of(StageState.of(new int[] {sos.sections(), 1, 2}, expected)));
      Rig.forward(plan, x, 0, frames);
      Oracle.cascade(sos, x[0], expected);
      Oracle.plainCascade(sos, x[0], plain);
      double[] actual = plan.state().getFirst().values();
      for (int i = 0; i < actual.length; i++) {
        double rounding =
            Math.max(
                Math.abs(plain[i & ~1] - expected[i & ~1]),
                Math.abs(plain[i | 1] - expected[i | 1]));
        double tolerance = 1e-9 * Math.abs(expected[i]) + 50 * rounding;
        assertEquals(expected[i], actual[i], tolerance, sos + ", state " + i);
      }
    }
  }

  final Plan prepare(ContractCase test, StreamFormat format) {
    return new Planner(List.of(backend())).prepare(test.pipeline(), format, options(test));
  }

  final PlanOptions options(ContractCase test) {
    return options().withPrecision(test.precision());
  }

  /** One test for each case, sample type and arithmetic that the backend does not refuse. */
  final Stream<DynamicTest> each(BiConsumer<ContractCase, SampleType> body) {
    Stream<DynamicTest> precise =
        ContractCase.asked().stream()
            .flatMap(test -> Stream.of(SampleType.values()).map(type -> dynamic(test, type, body)));
    Stream<DynamicTest> fast =
        ContractCase.asked().stream()
            .map(ContractCase::fast)
            .filter(test -> refusal(test).isEmpty())
            .filter(test -> test.stages().stream().anyMatch(backend()::computesFast))
            .map(test -> dynamic(test, SampleType.FLOAT32, body));
    return Stream.concat(precise, fast);
  }

  private DynamicTest dynamic(
      ContractCase test, SampleType type, BiConsumer<ContractCase, SampleType> body) {
    return DynamicTest.dynamicTest(
        test.name() + " " + type.shortName(), () -> runOrRefuse(test, type, body));
  }

  private void runOrRefuse(
      ContractCase test, SampleType type, BiConsumer<ContractCase, SampleType> body) {
    String row = test.name() + " x " + backend().name() + " " + type.shortName();
    Optional<String> refusal = refusal(test);
    if (refusal.isPresent()) {
      MATRIX.put(row, "not supported: " + refusal.get());
      Assumptions.abort(refusal.get());
    }
    MATRIX.put(row, "FAILED");
    body.accept(test, type);
    MATRIX.put(row, "ran");
  }

  final Optional<String> refusal(ContractCase test) {
    return new Planner(List.of(backend()))
        .candidates(
            test.pipeline(),
            new StreamFormat(ContractCase.RATE, 2, SampleType.FLOAT32),
            options(test))
        .getFirst()
        .refusal();
  }
}
