package io.github.millrace.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.choice.cost.PathCost;
import io.github.millrace.choice.cost.Profile;
import io.github.millrace.choice.cost.Rows;
import io.github.millrace.choice.cost.StageKind;
import io.github.millrace.design.Band;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.Decision;
import io.github.millrace.plan.Decision.Source;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Iir;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Call, property, variable, profile, shipped default: each gives way to the one before. */
class AuthorityTest {

  private final SyntheticBackend first = new SyntheticBackend("first", true);
  private final SyntheticBackend second = new SyntheticBackend("second", true);
  private final Map<String, String> properties = new HashMap<>();
  private final Map<String, String> variables = new HashMap<>();
  private Profile profile = Profile.EMPTY;

  /** By these rows the second backend is faster, and its threshold is 100 frames. */
  private void measure() {
    profile =
        new Rows()
            .device(first.key())
            .step(first.key(), StageKind.CASCADE, new PathCost(0, 0, 9, 1))
            .device(second.key())
            .cascade(second.key(), new PathCost(0, 0, 2, 1), new PathCost(100, 0, 1, 1))
            .profile();
  }

  private Decision decide(SampleType type, PlanOptions options) {
    Environment environment =
        new Environment(
            properties::get,
            variables::get,
            () -> new Profile.Reading(profile),
            warning -> {
              throw new AssertionError(warning);
            });
    Planner planner = new Planner(List.of(first, second), environment);
    Pipeline pipeline = Pipeline.of(Iir.butterworth(2, Band.low(5_000)));
    try (Plan plan = planner.prepare(pipeline, new StreamFormat(48_000, 1, type), options)) {
      return new Decision(
          plan.device().backend(),
          plan.decision().options(),
          plan.decision().backendFrom(),
          plan.decision().threadsFrom(),
          plan.decision().thresholdFrom(),
          plan.decision().prediction());
    }
  }

  private void requireBackend(String backend, Source from, PlanOptions options) {
    Decision decision = decide(SampleType.FLOAT64, options);
    assertEquals(List.of(backend, from), List.of(decision.reason(), decision.backendFrom()));
  }

  private void requireThreshold(long frames, Source from, PlanOptions options) {
    Decision decision = decide(SampleType.FLOAT64, options.withBackend("second"));
    assertEquals(
        List.of(frames, from),
        List.of(decision.options().threshold().orElseThrow(), decision.thresholdFrom()));
  }

  @Test
  void backend() {
    PlanOptions auto = PlanOptions.DEFAULTS;
    requireBackend("first", Source.SHIPPED, auto);
    measure();
    requireBackend("second", Source.PROFILE, auto);
    variables.put("MILLRACE_BACKEND", "first");
    requireBackend("first", Source.VARIABLE, auto);
    properties.put("millrace.backend", "second");
    requireBackend("second", Source.PROPERTY, auto);
    requireBackend("first", Source.CALL, auto.withBackend("first"));
  }

  @Test
  void threshold() {
    PlanOptions open = PlanOptions.DEFAULTS;
    requireThreshold(1_024, Source.SHIPPED, open);
    measure();
    requireThreshold(100, Source.PROFILE, open);
    variables.put("MILLRACE_THRESHOLD", "7");
    requireThreshold(7, Source.VARIABLE, open);
    properties.put("millrace.threshold", "0");
    requireThreshold(0, Source.PROPERTY, open);
    requireThreshold(50, Source.CALL, open.withThreshold(50));
  }

  /** The shipped ones go by the arithmetic, not by the samples. */
  @Test
  void shippedThresholds() {
    PlanOptions open = PlanOptions.DEFAULTS;
    PlanOptions fast = open.withPrecision(Precision.FAST);
    assertEquals(1_024, threshold(SampleType.FLOAT32, open));
    assertEquals(2_048, threshold(SampleType.FLOAT32, fast));
    assertEquals(1_024, threshold(SampleType.FLOAT64, open));
    assertEquals(1_024, threshold(SampleType.FLOAT64, fast));
  }

  private long threshold(SampleType type, PlanOptions options) {
    return decide(type, options).options().threshold().orElseThrow();
  }

  @Test
  void threads() {
    PlanOptions open = PlanOptions.DEFAULTS;
    assertEquals(Source.SHIPPED, decide(SampleType.FLOAT64, open).threadsFrom());
    variables.put("MILLRACE_THREADS", "3");
    Decision decision = decide(SampleType.FLOAT64, open);
    assertEquals(List.of(3, Source.VARIABLE), threads(decision));
    properties.put("millrace.threads", "4");
    assertEquals(List.of(4, Source.PROPERTY), threads(decide(SampleType.FLOAT64, open)));
    PlanOptions two = open.withThreads(2);
    assertEquals(List.of(2, Source.CALL), threads(decide(SampleType.FLOAT64, two)));
  }

  private static List<Object> threads(Decision decision) {
    return List.of(decision.options().threadCount(), decision.threadsFrom());
  }

  @ParameterizedTest
  @CsvSource({
    "MILLRACE_THRESHOLD, many, 'MILLRACE_THRESHOLD is ''many'', expected a whole number'",
    "MILLRACE_THRESHOLD, -1, 'threshold by environment variable is -1, expected 0 or more'",
    "MILLRACE_THREADS, -2, 'threads by environment variable is -2, expected 0 or more'",
    "MILLRACE_BACKEND, third, 'no backend ''third'' here, expected auto or one of first, second'"
  })
  void nonsenseIsNamed(String variable, String value, String message) {
    variables.put(variable, value);
    var e =
        assertThrows(
            BackendException.class, () -> decide(SampleType.FLOAT64, PlanOptions.DEFAULTS));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
