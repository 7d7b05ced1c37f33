package io.github.millrace.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Backend;
import io.github.millrace.choice.cost.PathCost;
import io.github.millrace.choice.cost.Profile;
import io.github.millrace.choice.cost.Rows;
import io.github.millrace.choice.cost.StageKind;
import io.github.millrace.design.Band;
import io.github.millrace.plan.Decision;
import io.github.millrace.plan.Decision.Source;
import io.github.millrace.plan.Length;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code auto} chooses, and what it touches, on machines that do not exist. */
class AutoTest {

  private static final StreamFormat FORMAT = new StreamFormat(48_000, 1, SampleType.FLOAT64);
  private static final Pipeline CASCADE = Pipeline.of(Iir.butterworth(2, Band.low(5_000)));
  private static final PlanOptions AUTO = PlanOptions.DEFAULTS.withThreads(1);

  private final SyntheticBackend fast = new SyntheticBackend("simd", true);
  private final SyntheticBackend plain = new SyntheticBackend("plain", true);
  private final SyntheticBackend card = new SyntheticBackend("card", false);
  private final SyntheticBackend other = new SyntheticBackend("other", false);
  private final List<String> warnings = new ArrayList<>();

  /** Plain is called for less, simd is faster, the card is faster still but far away. */
  private Rows rows() {
    return new Rows()
        .device(plain.key())
        .step(plain.key(), StageKind.CASCADE, new PathCost(10, 0, 8, 1))
        .device(fast.key())
        .cascade(fast.key(), new PathCost(500, 0, 7, 1), new PathCost(900, 0, 1, 1))
        .card(card.key(), 0, 40_000, 0.01)
        .cascade(card.key(), new PathCost(5_000, 0, 50, 4096), new PathCost(20_000, 0, 0.01, 1));
  }

  private Environment machine(Profile profile) {
    return new Environment(
        name -> null, name -> null, () -> new Profile.Reading(profile), warnings::add);
  }

  private Plan prepare(Profile profile, PlanOptions options) {
    Planner planner = new Planner(List.of(fast, plain, card, other), machine(profile));
    Plan plan = planner.prepare(CASCADE, FORMAT, options);
    plan.close();
    return plan;
  }

  private String chosen(Profile profile, Length length) {
    return prepare(profile, AUTO.withLength(length)).device().backend();
  }

  @ParameterizedTest
  @CsvSource({"16, plain", "64, plain", "256, simd", "10000, simd", "200000, card", "0, card"})
  void eachWinsSomewhere(long frames, String backend) {
    assertEquals(backend, chosen(rows().profile(), Length.stream(frames)));
    assertEquals(List.of(), warnings);
  }

  @Test
  void onlyTheWinnerIsTouched() {
    assertEquals("simd", chosen(rows().profile(), Length.stream(10_000)));
    assertEquals(0, plain.asked() + card.asked() + other.asked());
    assertEquals("card", chosen(rows().profile(), Length.UNKNOWN));
    assertEquals(0, plain.asked() + other.asked());
  }

  @Test
  void theStartMustPayForAWholeSignal() {
    Rows slow = rows().card(card.key(), 1e8, 40_000, 0.01);
    assertEquals("simd", chosen(slow.profile(), Length.once(1_000_000)));
    assertEquals("card", chosen(slow.profile(), new Length(1 << 20, 1L << 30)));
  }

  @Test
  void aDrawGoesToTheShippedOrder() {
    Rows even =
        new Rows()
            .device(plain.key())
            .step(plain.key(), StageKind.CASCADE, new PathCost(0, 0, 1, 1))
            .device(fast.key())
            .step(fast.key(), StageKind.CASCADE, new PathCost(0, 0, 1.04, 1));
    assertEquals("simd", chosen(even.profile(), Length.UNKNOWN));
    even.step(fast.key(), StageKind.CASCADE, new PathCost(0, 0, 1.06, 1));
    assertEquals("plain", chosen(even.profile(), Length.UNKNOWN));
  }

  @Test
  void theDecisionNamesTimeThresholdAndSource() {
    Decision decision =
        prepare(rows().profile(), AUTO.withLength(Length.stream(10_000))).decision();
    assertEquals("fastest by the measured profile", decision.reason());
    assertEquals(900 + 10_000, decision.prediction().orElseThrow().forwardNanos());
    assertEquals(67, decision.options().threshold().orElseThrow()); // 400 / 6
    assertEquals(Source.PROFILE, decision.thresholdFrom());
    assertEquals(Source.PROFILE, decision.backendFrom());
    assertEquals("67 frames (measured profile)", decision.threshold());
  }

  @Test
  void aChangedDriverIsNotTrusted() {
    card.withDriver("driver 2");
    assertEquals("simd", chosen(rows().profile(), Length.UNKNOWN));
    assertEquals(1, warnings.size());
    assertTrue(
        warnings.getFirst().contains("measured card on card one (driver 1), now it is card one"),
        warnings.getFirst());
    assertTrue(warnings.getFirst().endsWith("run millrace tune again"), warnings.getFirst());
  }

  @Test
  void aLostDeviceIsPassedBy() {
    card.absent("no library");
    assertEquals("simd", chosen(rows().profile(), Length.UNKNOWN));
    assertTrue(warnings.getFirst().contains("now it is no library"), warnings.getFirst());
  }

  /** After an update of the program its best backend must not lose to an old row of another. */
  @Test
  void withAChangedBackendOfTheCpuTheShippedOrderHolds() {
    fast.withDriver("driver 2");
    Decision decision =
        prepare(rows().profile(), AUTO.withLength(Length.stream(10_000))).decision();
    assertEquals("first choice", decision.reason());
    assertEquals(Source.SHIPPED, decision.backendFrom());
    assertEquals(Backend.FLOAT64_THRESHOLD, decision.options().threshold().orElseThrow());
    assertEquals("1024 frames (shipped default)", decision.threshold());
    assertEquals(1, warnings.size());
  }

  @Test
  void aBackendThatIsNotHereNeedsNoRow() {
    Rows without =
        new Rows()
            .device(plain.key())
            .step(plain.key(), StageKind.CASCADE, new PathCost(10, 0, 8, 1))
            .card(card.key(), 0, 0, 0)
            .step(card.key(), StageKind.CASCADE, new PathCost(0, 0, 1, 1));
    fast.absent("not built");
    assertEquals("card", chosen(without.profile(), Length.UNKNOWN));
  }

  @Test
  void whatRefusesIsPassedByInOrderOfTime() {
    card.refusing("no cascades");
    Decision decision = prepare(rows().profile(), AUTO).decision();
    assertEquals("passed by card: no cascades", decision.reason());
    assertEquals(900 + (1 << 20), decision.prediction().orElseThrow().forwardNanos());
  }

  @Test
  void withoutAProfileOnlyTheFirstIsTouched() {
    assertEquals("simd", chosen(Profile.EMPTY, Length.UNKNOWN));
    assertEquals("simd", chosen(Profile.EMPTY, Length.once(Ranking.SHIPPED_SAMPLES - 1)));
    assertEquals(0, plain.asked() + card.asked() + other.asked());
  }

  @Test
  void aLongSignalTriesWhatWasNotMeasured() {
    Length length = new Length(1 << 20, Ranking.SHIPPED_SAMPLES);
    Decision decision = prepare(Profile.EMPTY, AUTO.withLength(length)).decision();
    assertEquals("not measured, but the signal is long", decision.reason());
    card.refusing("no cascades");
    other.absent("no driver");
    decision = prepare(Profile.EMPTY, AUTO.withLength(length)).decision();
    assertEquals("passed by card: no cascades; other: no driver", decision.reason());
  }

  /** OpenCL on the CPU itself: used only where nothing else can. */
  @Test
  void aDeviceThatIsTheCpuIsTriedLast() {
    Backend pocl = other.onCores();
    Length length = new Length(1 << 20, Ranking.SHIPPED_SAMPLES);
    PlanOptions options = AUTO.withLength(length);
    Planner planner = new Planner(List.of(pocl, fast), machine(Profile.EMPTY));
    try (Plan plan = planner.prepare(CASCADE, FORMAT, options)) {
      assertEquals("simd", plan.device().backend());
    }
    assertEquals(
        "not measured, and the CPU itself: tried last",
        planner.candidates(CASCADE, FORMAT, options).getLast().note());
    fast.refusing("no cascades");
    try (Plan plan = planner.prepare(CASCADE, FORMAT, options)) {
      assertEquals("other", plan.device().backend());
    }
  }

  @Test
  void candidatesSayWhatEachWouldTake() {
    other.absent("no driver");
    Planner planner = new Planner(List.of(fast, plain, card, other), machine(rows().profile()));
    List<Planner.Candidate> all =
        planner.candidates(CASCADE, FORMAT, AUTO.withLength(Length.stream(10_000)));
    assertEquals(
        List.of("simd", "plain", "card", "other"),
        all.stream().map(one -> one.device().backend()).toList());
    assertEquals(10_900, all.getFirst().prediction().orElseThrow().forwardNanos());
    assertEquals("no driver", all.getLast().refusal().orElseThrow());
    List<Planner.Candidate> unknown =
        new Planner(List.of(fast, card), machine(Profile.EMPTY)).candidates(CASCADE, FORMAT, AUTO);
    assertEquals(
        "not measured: tried last below 268435456 samples; run millrace tune",
        unknown.getLast().note());
  }

  @Test
  void anExplicitBackendOfAnotherDriverWarns() {
    card.withDriver("driver 2");
    assertEquals(
        Source.SHIPPED,
        prepare(rows().profile(), AUTO.withBackend("card")).decision().thresholdFrom());
    assertEquals(1, warnings.size());
  }

  @Test
  void gainsHaveNoThreshold() {
    Planner planner = new Planner(List.of(fast), machine(Profile.EMPTY));
    try (Plan plan = planner.prepare(Pipeline.of(new Gain(2)), FORMAT, AUTO)) {
      assertEquals("", plan.decision().threshold());
    }
  }
}
