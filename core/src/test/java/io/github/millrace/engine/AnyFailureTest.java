package io.github.millrace.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.choice.Planner;
import io.github.millrace.design.Band;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.StageState;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.CustomKernel;
import io.github.millrace.stage.CustomStage;
import io.github.millrace.stage.Fft;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.InverseFft;
import io.github.millrace.stage.Resample;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever is thrown, at whichever call of a kernel or a device, before or after it did its work:
 * the caller sees it, and no later sample is wrong. A plan that failed refuses to go on until reset
 * or restore, or is closed; one that could not be made leaves nothing open.
 */
@Timeout(120)
class AnyFailureTest {

  private static final StreamFormat FORMAT = new StreamFormat(48_000, 2, SampleType.FLOAT64);
  private static final int FRAMES = 2 * FaultyDevice.CHUNK + 7;

  private static final Pipeline CHAIN =
      Pipeline.of(
          Iir.butterworth(4, Band.low(2_000)),
          new Resample(32_000, Resample.Quality.FAST),
          Fir.of(0.5, 0.25, 0.125).advanced(1),
          new Fft(64),
          new InverseFft());

  private static final List<Supplier<Throwable>> KINDS =
      List.of(
          () -> new UnsupportedOperationException("planted"),
          () -> new StackOverflowError("planted"),
          () -> new OutOfMemoryError("planted"),
          () -> new AssertionError("planted"),
          () -> new BackendException("planted"));

  /** What a user does with a plan, one call after another. */
  private static final List<String> CALLS =
      List.of("forward", "state", "forward", "restore", "forward", "flush", "reset", "forward");

  private static final double[][] X = noise();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void noLaterSampleIsWrong(boolean transfers) {
    FaultyDevice.Fault none = new FaultyDevice.Fault(-1, false, new AssertionError());
    double[][] expected;
    try (Plan plan = prepare(none, transfers)) {
      expected = whole(plan);
      plan.reset();
      CALLS.forEach(call -> perform(call, plan));
    }
    assertEquals(0, none.kernels.get());
    assertTrue(none.calls() > 100, "only " + none.calls() + " calls");
    for (int at = 0; at < none.calls(); at++) {
      Throwable what = KINDS.get(at % KINDS.size()).get();
      for (boolean after : new boolean[] {false, true}) {
        FaultyDevice.Fault fault = new FaultyDevice.Fault(at, after, what);
        requireSound(fault, what, transfers, expected);
        assertEquals(0, fault.kernels.get(), "kernels open after " + what + " at call " + at);
        assertEquals(0, fault.devices.get(), "devices open after " + what + " at call " + at);
      }
    }
  }

  /** A stage of the user's own that fails, and then fails to close. */
  private record Fragile(BackendException first, RuntimeException second) implements CustomStage {
    @Override
    public StreamFormat output(StreamFormat in) {
      return in;
    }

    @Override
    public String describe() {
      return "fragile";
    }

    @Override
    public CustomKernel kernel(StreamFormat in) {
      return new CustomKernel() {
        @Override
        public int process(double[][] from, double[][] to, int frames) {
          throw first;
        }

        @Override
        public void reset() {}

        @Override
        public void close() {
          throw second;
        }
      };
    }
  }

  /** What fails while a failed plan is closed does not hide why it failed. */
  @Test
  void theFirstFailureIsTheOneThatIsThrown() {
    var first = new BackendException("planted");
    var second = new UnsupportedOperationException("in turn");
    for (RuntimeException closing : List.of(second, first)) {
      Pipeline pipeline = Pipeline.of(new Fragile(first, closing));
      PlanOptions options = PlanOptions.DEFAULTS.withBackend("java");
      try (Plan plan = new Planner().prepare(pipeline, FORMAT, options)) {
        assertEquals(first, assertThrows(BackendException.class, () -> forward(plan)));
      }
    }
    assertArrayEquals(new Throwable[] {second}, first.getSuppressed());
  }

  private static void requireSound(
      FaultyDevice.Fault fault, Throwable what, boolean transfers, double[][] expected) {
    Plan plan;
    try {
      plan = prepare(fault, transfers);
    } catch (BackendException e) {
      // why no device can run a chain is told in words
      String reason = what instanceof OutOfMemoryError ? "not enough memory" : "planted";
      assertTrue(e.getMessage().contains(reason), e.getMessage());
      return;
    } catch (RuntimeException | Error e) {
      requireCause(what, e);
      return;
    }
    List<StageState> start = null;
    String call = "state";
    try {
      start = plan.state();
      for (String next : CALLS) {
        call = next;
        perform(next, plan);
      }
    } catch (RuntimeException | Error e) {
      requireCause(what, e);
      requireFailed(call, plan, start, expected);
    }
    try {
      plan.close();
    } catch (RuntimeException | Error e) {
      requireCause(what, e);
    }
    plan.close();
  }

  private static void requireFailed(
      String call, Plan plan, List<StageState> start, double[][] expected) {
    // a restore that was refused may have put back what was there
    if (!call.equals("restore")) {
      for (String refused : List.of("forward", "flush", "state")) {
        var e = assertThrows(IllegalStateException.class, () -> perform(refused, plan));
        assertTrue(e.getMessage().contains("planted"), e.getMessage());
      }
    }
    try {
      if (start != null && call.equals("forward")) {
        plan.restore(start);
      } else {
        plan.reset();
      }
    } catch (IllegalStateException e) {
      assertTrue(e.getMessage().contains("closed"), e.getMessage());
      return;
    }
    assertArrayEquals(expected, whole(plan));
  }

  private static void requireCause(Throwable expected, Throwable actual) {
    Throwable cause = actual;
    while (cause != null && !cause.equals(expected)) {
      cause = cause.getCause();
    }
    assertEquals(expected, cause, () -> "thrown was " + actual);
  }

  private static Plan prepare(FaultyDevice.Fault fault, boolean transfers) {
    var backend = FaultyDevice.backend(fault, transfers);
    PlanOptions options = PlanOptions.DEFAULTS.withBackend(backend.name());
    return new Planner(List.of(backend)).prepare(CHAIN, FORMAT, options);
  }

  private static void perform(String call, Plan plan) {
    switch (call) {
      case "forward" -> forward(plan);
      case "flush" -> flush(plan);
      case "state" -> plan.state();
      case "restore" -> plan.restore(plan.state());
      case "reset" -> plan.reset();
      default -> throw new IllegalArgumentException(call);
    }
  }

  private static double[][] whole(Plan plan) {
    double[][] first = forward(plan);
    double[][] last = flush(plan);
    double[][] all = new double[2 * first.length][];
    for (int p = 0; p < first.length; p++) {
      all[2 * p] = first[p];
      all[2 * p + 1] = last[p];
    }
    return all;
  }

  private static double[][] forward(Plan plan) {
    try (SignalBuffer in = SignalBuffer.ofPlanar(X);
        SignalBuffer out =
            SignalBuffer.allocate(plan.outputFormat(), plan.maxOutputFrames(FRAMES))) {
      return samples(out, plan.forward(in, out));
    }
  }

  private static double[][] flush(Plan plan) {
    try (SignalBuffer out = SignalBuffer.allocate(plan.outputFormat(), plan.flushFrames())) {
      return samples(out, plan.flush(out));
    }
  }

  private static double[][] samples(SignalBuffer out, long frames) {
    double[][] y = new double[out.planes()][];
    Arrays.setAll(y, p -> out.slice(0, frames).toDoubles(p));
    return y;
  }

  private static double[][] noise() {
    SplittableRandom random = new SplittableRandom(12);
    double[][] x = new double[2][];
    Arrays.setAll(x, c -> random.doubles(FRAMES, -1, 1).toArray());
    return x;
  }
}
