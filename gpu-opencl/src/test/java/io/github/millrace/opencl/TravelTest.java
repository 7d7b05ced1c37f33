package io.github.millrace.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.choice.Planner;
import io.github.millrace.design.Band;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.run.MemorySink;
import io.github.millrace.run.MemorySource;
import io.github.millrace.run.OfflineRun;
import io.github.millrace.run.RunSizes;
import io.github.millrace.run.RunStatistics;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Iir;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Offline runs on a device with memory of its own: blocks travel beside the kernels. */
class TravelTest {

  private static final StreamFormat FORMAT = new StreamFormat(48_000, 1, SampleType.FLOAT64);
  private static final Pipeline LOW = Pipeline.of(Iir.butterworth(4, Band.low(5_000)));
  private static final long PATIENCE_SECONDS = 60;

  private CountingAccelerator device;

  @BeforeEach
  void needsPoCl() {
    Drivers.absence().ifPresent(Assumptions::abort);
  }

  private Plan prepare() {
    OpenClBackend backend =
        new OpenClBackend(
            opened ->
                device =
                    new CountingAccelerator(
                        new ClAccelerator(opened, ClAccelerator.Staging.PINNED), same -> same));
    return new Planner(List.of(backend)).prepare(LOW, FORMAT, PlanOptions.DEFAULTS);
  }

  private static double[][] noise(long frames) {
    return new double[][] {new Random(7).doubles(frames, -1, 1).toArray()};
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nothing else happened meanwhile");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The kernels of the second block end only once the third is on its way up, and the second comes
   * down only once the kernels of the third are through.
   */
  @Test
  void blocksTravelBothWaysBesideTheKernels() throws Exception {
    try (Plan plan = prepare()) {
      long block = RunSizes.blockFrames(plan, -1);
      double[][] samples = noise(3 * block + 1000);
      AtomicInteger written = new AtomicInteger();
      AtomicInteger finished = new AtomicInteger();
      AtomicInteger read = new AtomicInteger();
      CountDownLatch third = new CountDownLatch(1);
      CountDownLatch kernels = new CountDownLatch(1);
      device.writing = () -> count(written, 3, third);
      device.finishing =
          () -> {
            if (finished.incrementAndGet() == 2) {
              await(third);
            } else if (finished.get() == 3) {
              kernels.countDown();
            }
          };
      device.reading =
          () -> {
            if (read.incrementAndGet() == 2) {
              await(kernels);
            }
          };
      MemorySink sink = new MemorySink();
      RunStatistics statistics =
          new OfflineRun(new MemorySource(samples, true), plan, sink).execute();
      assertArrayEquals(LOW.filter(samples, 48_000)[0], sink.channel(0), 1e-12);
      assertEquals(4, written.get());
      assertEquals(4, read.get());
      assertEquals(8L * samples[0].length, statistics.traffic().bytesUp());
      assertEquals(8L * samples[0].length, statistics.traffic().bytesDown());
      assertTrue(statistics.traffic().overlaps());
      assertTrue(statistics.times().transferSeconds() > 0);
    }
  }

  private static void count(AtomicInteger calls, int last, CountDownLatch latch) {
    if (calls.incrementAndGet() == last) {
      latch.countDown();
    }
  }

  /** A single block has nothing to travel beside. */
  @Test
  void aShortSignalTravelsOnce() throws Exception {
    try (Plan plan = prepare()) {
      double[][] samples = noise(5_000);
      MemorySink sink = new MemorySink();
      RunStatistics statistics =
          new OfflineRun(new MemorySource(samples, true), plan, sink).execute();
      assertArrayEquals(LOW.filter(samples, 48_000)[0], sink.channel(0), 1e-12);
      assertFalse(statistics.traffic().overlaps());
      assertEquals(40_000, statistics.traffic().bytesUp());
      assertEquals(40_000, statistics.traffic().bytesDown());
    }
  }

  /** Whichever station fails, the run ends with its cause, and the sink holds nothing. */
  @Test
  void aFailureAtAnyStationEndsTheRun() {
    for (int station = 0; station < 3; station++) {
      try (Plan plan = prepare()) {
        AtomicInteger calls = new AtomicInteger();
        Runnable failing =
            () -> {
              if (calls.incrementAndGet() == 2) {
                throw new BackendException("lost");
              }
            };
        switch (station) {
          case 0 -> device.writing = failing;
          case 1 -> device.finishing = failing;
          default -> device.reading = failing;
        }
        double[][] samples = noise(3 * RunSizes.blockFrames(plan, -1));
        MemorySink sink = new MemorySink();
        OfflineRun run = new OfflineRun(new MemorySource(samples, true), plan, sink);
        assertEquals("lost", assertThrows(BackendException.class, run::execute).getMessage());
        assertFalse(sink.committed);
      }
    }
  }

  /** Page-locked memory is bounded whatever the chain makes of a block. */
  @Test
  void memoryIsBounded() {
    try (Plan plan = prepare()) {
      assertTrue(RunSizes.memoryBytes(plan, -1) <= 256 << 20);
      assertEquals(8 << 20, 8 * RunSizes.blockFrames(plan, -1));
    }
  }
}
