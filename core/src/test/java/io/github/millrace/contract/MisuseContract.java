package io.github.millrace.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Backend;
import io.github.millrace.choice.Planner;
import io.github.millrace.design.Band;
import io.github.millrace.plan.Length;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.StageState;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * Whatever callers do with plans and buffers, from however many threads: no crash, no hang, and
 * every result is right or refused. A subclass names its backend.
 */
@Tag(Verify.TAG)
public abstract class MisuseContract {

  /** Schedules of random calls: a sample, or all of them where long runs are asked for. */
  private static final int SCHEDULES = Boolean.getBoolean("millrace.long") ? 10_000 : 200;

  private static final int FRAMES = 256;

  /** Far longer than any schedule takes on the busiest machine: only a hang lasts so long. */
  private static final long HANG_SECONDS = 120;

  /** The backend under test. */
  protected abstract Backend backend();

  /** Why the device cannot be here, found without the backend; empty where it must be here. */
  protected abstract Optional<String> absence();

  /** Whether stages of the user's own run here. */
  protected boolean runsCustomStages() {
    return backend().onProcessor();
  }

  /** A device is absent only where the independent probe says so too. */
  @BeforeEach
  final void requireDevice() {
    var device = backend().devices().getFirst();
    if (!device.available()) {
      assertTrue(absence().isPresent(), "the device is said to be absent: " + device.reason());
      Assumptions.abort(backend().name() + ": " + device.reason() + "; " + absence().get());
    }
  }

  /** One thread: what is refused changes nothing, so a plan that was never misused goes along. */
  @Test
  void whatIsRefusedChangesNothing() {
    for (int seed = 0; seed < SCHEDULES / 4; seed++) {
      try (MisuseSchedule schedule = schedule(seed)) {
        schedule.mirrored(new SplittableRandom(seed), 24);
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed + ": " + e, e);
      }
    }
  }

  /** Up to four threads on one plan and the same buffers. */
  @Test
  void concurrentMisuseIsRefused() throws InterruptedException {
    for (int seed = 0; seed < SCHEDULES; seed++) {
      concurrent(seed);
    }
  }

  private void concurrent(int seed) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    int threads = random.nextInt(1, 5);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    MisuseSchedule schedule = schedule(seed);
    CountDownLatch start = new CountDownLatch(threads);
    List<Thread> all = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      SplittableRandom own = random.split();
      all.add(
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    start.countDown();
                    try {
                      start.await();
                      schedule.calls(own, 12);
                    } catch (Throwable e) {
                      failure.compareAndSet(null, e);
                    }
                  }));
    }
    for (Thread thread : all) {
      thread.join(TimeUnit.SECONDS.toMillis(HANG_SECONDS));
      if (thread.isAlive()) {
        throw new AssertionError("seed " + seed + " hangs at " + List.of(thread.getStackTrace()));
      }
    }
    try (schedule) {
      if (failure.get() != null) {
        throw failure.get();
      }
      schedule.requireSoundOrClosed();
    } catch (Throwable e) {
      throw new AssertionError("seed " + seed + ", " + threads + " threads: " + e, e);
    }
  }

  private MisuseSchedule schedule(int seed) {
    SplittableRandom random = new SplittableRandom(1_000_000L + seed);
    StreamFormat format =
        new StreamFormat(
            48_000,
            random.nextInt(1, 4),
            random.nextBoolean() ? SampleType.FLOAT32 : SampleType.FLOAT64);
    Fuse fuse = new Fuse();
    List<Stage> stages = new ArrayList<>();
    stages.add(Iir.butterworth(random.nextInt(2, 9), Band.low(random.nextDouble(100, 20_000))));
    switch (random.nextInt(4)) {
      case 0 -> stages.add(Fir.of(.5, .25, .125, .0625));
      case 1 -> stages.add(Delay.ofFrames(37));
      case 2 -> stages.add(new Gain(.5));
      default -> {}
    }
    if (runsCustomStages() && random.nextBoolean()) {
      stages.add(random.nextInt(stages.size() + 1), new FusedStage(fuse));
    }
    boolean chunks = random.nextInt(3) == 0;
    if (!chunks && random.nextInt(3) == 0) {
      stages.add(new Resample(44_100));
    }
    PlanOptions options =
        PlanOptions.DEFAULTS
            .withBackend(backend().name())
            .withThreads(random.nextInt(1, 4))
            .withThreshold(random.nextBoolean() ? 0 : 1 << 20)
            .withLength(chunks ? Length.chunks(FRAMES) : Length.stream(FRAMES));
    Planner planner = new Planner(List.of(backend()));
    return new MisuseSchedule(
        () -> planner.prepare(new Pipeline(stages), format, options), fuse, FRAMES, seed);
  }

  /** A forward that is held up by a stage of the user's own, and every call that meets it. */
  @Test
  void whatIsInUseCannotBeClosed() throws Exception {
    Assumptions.assumeTrue(runsCustomStages(), "custom stages run on the CPU");
    Planner planner = new Planner(List.of(backend()));
    StreamFormat format = new StreamFormat(48_000, 1, SampleType.FLOAT32);
    PlanOptions options = PlanOptions.DEFAULTS.withBackend(backend().name());
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    Pipeline chain = Pipeline.of(new Gain(2), new WaitingStage(inside, leave));
    try (SignalBuffer in = SignalBuffer.allocate(format, 99);
        SignalBuffer out = SignalBuffer.allocate(format, 99);
        Plan plan = planner.prepare(chain, format, options)) {
      AtomicReference<Throwable> failure = new AtomicReference<>();
      Thread worker =
          Thread.ofPlatform().name("holder").start(() -> forward(plan, in, out, failure));
      inside.await();
      requireRefused("forward", () -> plan.forward(in, out));
      requireRefused("flush", () -> plan.flush(out));
      requireRefused("allocate", () -> plan.allocate(format, 1));
      requireRefused("state", plan::state);
      requireRefused("restore", () -> plan.restore(List.of()));
      requireRefused("reset", plan::reset);
      requireRefused("close", plan::close);
      for (SignalBuffer buffer : List.of(in, out)) {
        var e = assertThrows(IllegalStateException.class, buffer::close);
        assertTrue(e.getMessage().contains("in use by 1 call"), e.getMessage());
      }
      leave.countDown();
      worker.join();
      assertEquals(null, failure.get());
      plan.reset();
    }
  }

  private static void forward(
      Plan plan, SignalBuffer in, SignalBuffer out, AtomicReference<Throwable> failure) {
    try {
      plan.forward(in, out);
    } catch (Throwable e) {
      failure.set(e);
    }
  }

  private static void requireRefused(String call, Executable work) {
    var e = assertThrows(IllegalStateException.class, work);
    String expected = call + " was called while thread 'holder' is in forward of the same plan";
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  /** What restore refuses leaves every stage as it was, whichever stage refuses. */
  @Test
  void restoreIsAllOrNothing() {
    StreamFormat format = new StreamFormat(48_000, 1, SampleType.FLOAT64);
    Pipeline chain = Pipeline.of(Iir.butterworth(2, Band.low(1_000)), new Resample(44_100));
    Planner planner = new Planner(List.of(backend()));
    PlanOptions options = PlanOptions.DEFAULTS.withBackend(backend().name());
    try (Plan plan = planner.prepare(chain, format, options);
        Plan untouched = planner.prepare(chain, format, options)) {
      double[][] x = Rig.noise(format, 500, 5);
      Rig.forward(plan, x, 0, 200);
      Rig.forward(untouched, x, 0, 200);
      List<StageState> bad = new ArrayList<>(plan.state());
      StageState resampler = bad.get(1);
      bad.set(0, StageState.of(bad.get(0).shape(), 1e3, 2e3));
      bad.set(1, StageState.of(resampler.shape(), resampler.values(), -1));
      assertThrows(IllegalArgumentException.class, () -> plan.restore(bad));
      assertArrayEquals(Rig.forward(untouched, x, 200, 300)[0], Rig.forward(plan, x, 200, 300)[0]);
    }
  }
}
