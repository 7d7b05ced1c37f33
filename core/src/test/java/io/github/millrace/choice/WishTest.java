package io.github.millrace.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.millrace.backend.Backend;
import io.github.millrace.choice.cost.Profile;
import io.github.millrace.cpu.JavaBackend;
import io.github.millrace.design.Band;
import io.github.millrace.plan.Bits;
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
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What was asked for and cannot be done is said, never echoed as if it had been done. */
class WishTest {

  private static final StreamFormat MONO = new StreamFormat(48_000, 1, SampleType.FLOAT64);
  private static final Pipeline CASCADE = Pipeline.of(Iir.butterworth(2, Band.low(5_000)));
  private static final PlanOptions ASKED = PlanOptions.DEFAULTS.withThreshold(0).withThreads(3);

  private static Decision decide(Backend backend, Pipeline pipeline, PlanOptions options) {
    Planner planner = new Planner(List.of(backend), Environment.of(Profile.EMPTY));
    try (Plan plan = planner.prepare(pipeline, MONO, options.withBackend(backend.name()))) {
      return plan.decision();
    }
  }

  @Test
  void aThresholdIsNotFollowedWhereNothingRunsInParallel() {
    Decision decision = decide(new JavaBackend(), CASCADE, ASKED);
    assertEquals(
        "as asked; threshold 0 not followed: java computes frame after frame", decision.reason());
    assertEquals(OptionalLong.empty(), decision.options().threshold());
    assertEquals("", decision.threshold());
    assertEquals(3, decision.options().threads());
  }

  @Test
  void aThresholdNeedsACascade() {
    SyntheticBackend backend = new SyntheticBackend("first", true);
    assertEquals("as asked", decide(backend, CASCADE, ASKED).reason());
    assertEquals(0, decide(backend, CASCADE, ASKED).options().threshold().orElseThrow());
    assertEquals(
        "as asked; threshold 0 not followed: there is no cascade to run",
        decide(backend, Pipeline.of(new Gain(2)), ASKED).reason());
  }

  /** The number is the most threads of the CPU: a card of its own takes none. */
  @Test
  void threadsAreNotFollowedWhereADriverTakesTheCores() {
    SyntheticBackend card = new SyntheticBackend("card", false);
    assertEquals("as asked", decide(card, CASCADE, ASKED).reason());
    SyntheticBackend driver = new SyntheticBackend("driver", false).onCores();
    Decision decision = decide(driver, CASCADE, ASKED);
    assertEquals("as asked; threads 3 not followed: driver takes all cores", decision.reason());
    assertEquals(Source.SHIPPED, decision.threadsFrom());
    assertEquals("as asked", decide(driver, CASCADE, PlanOptions.DEFAULTS).reason());
  }

  /** Such a stream could not go on after its first chunk. */
  @Test
  void chunksThatEndInsideCellsAreRefused() {
    PlanOptions grid = PlanOptions.DEFAULTS.withBits(Bits.GRID);
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> decide(new JavaBackend(), CASCADE, grid.withLength(Length.chunks(4096))));
    assertEquals(
        "chunks of 4096 frames end inside the cells of bits grid, expected multiples of 1048576",
        e.getMessage());
    decide(new JavaBackend(), CASCADE, grid.withLength(Length.chunks(2 * Bits.CELL)));
  }
}
