package io.github.millrace.opencl;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.choice.Planner;
import io.github.millrace.design.Band;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Iir;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * One long channel is filtered at least twice as fast in parallel as frame after frame: seconds, so
 * only where the machine has nothing else to do.
 */
@EnabledIfSystemProperty(
    named = "millrace.long",
    matches = "true",
    disabledReason = "seconds are measured in long runs only (millrace.long)")
class SpeedTest {

  private static final int FRAMES = 1 << 24;
  private static final StreamFormat FORMAT = new StreamFormat(48_000, 1, SampleType.FLOAT32);

  @Test
  void parallelInTimeIsTwiceAsFast() {
    Assumptions.assumeTrue(Drivers.absence().isEmpty(), () -> Drivers.absence().get());
    try (Plan parallel = plan(0);
        Plan inTurn = plan(Long.MAX_VALUE);
        SignalBuffer in = SignalBuffer.allocate(FORMAT, FRAMES);
        SignalBuffer out = SignalBuffer.allocate(FORMAT, FRAMES)) {
      for (int i = 0; i < FRAMES; i++) {
        in.set(0, i, i % 1001 - 500);
      }
      double best = 0;
      for (int attempt = 0; attempt < 10 && best < 2; attempt++) {
        parallel.forward(in, out);
        long start = System.nanoTime();
        parallel.forward(in, out);
        long middle = System.nanoTime();
        inTurn.forward(in, out);
        long end = System.nanoTime();
        best = Math.max(best, (double) (end - middle) / (middle - start));
        System.out.printf(
            "4 sections, 2^24 frames: %.0f Ms/s in parallel, %.0f in turn%n",
            FRAMES * 1e3 / (middle - start), FRAMES * 1e3 / (end - middle));
      }
      assertTrue(best >= 2, "only " + best + " times as fast");
    }
  }

  private static Plan plan(long threshold) {
    PlanOptions options = PlanOptions.DEFAULTS.withBackend("opencl").withThreshold(threshold);
    Pipeline chain = Pipeline.of(Iir.butterworth(8, Band.low(4_800)));
    return new Planner(List.of(new OpenClBackend())).prepare(chain, FORMAT, options);
  }
}
