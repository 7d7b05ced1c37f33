package io.github.millrace.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.CustomKernel;
import io.github.millrace.stage.CustomStage;
import io.github.millrace.stage.Gain;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run that fails or is cancelled rethrows the first cause, closes the sink and ends soon. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class OfflineRunFailureTest {

  private static final StreamFormat FORMAT = new StreamFormat(48_000, 1, SampleType.FLOAT64);
  private static final Pipeline GAIN = Pipeline.of(new Gain(2));
  private static final int LONG = 8_000_000;

  private final MemorySink sink = new MemorySink();

  @AfterEach
  void nothingIsLeft() {
    assertFalse(sink.committed);
    assertTrue(sink.closed);
    Thread.getAllStackTraces()
        .keySet()
        .forEach(thread -> assertFalse(thread.getName().matches("millrace-run-.*")));
  }

  private static MemorySource endless() {
    return new MemorySource(new double[1][LONG], false);
  }

  @Test
  void readerFails() {
    IOException cause = new IOException("bad sector");
    MemorySource source =
        new MemorySource(new double[1][LONG], false) {
          private int calls;

          @Override
          public long read(SignalBuffer into, long at, long frames) throws IOException {
            if (calls++ == 3) {
              throw cause;
            }
            return super.read(into, at, frames);
          }
        };
    try (Plan plan = GAIN.prepare(FORMAT)) {
      OfflineRun run = new OfflineRun(source, plan, sink);
      assertSame(cause, assertThrows(IOException.class, run::execute));
    }
  }

  @Test
  void writerFails() {
    IOException cause = new IOException("disk full");
    MemorySink failing = failingSink(cause);
    try (Plan plan = GAIN.prepare(FORMAT)) {
      OfflineRun run = new OfflineRun(endless(), plan, failing);
      assertSame(cause, assertThrows(IOException.class, run::execute));
    }
  }

  private MemorySink failingSink(IOException cause) {
    return new MemorySink() {
      @Override
      public void write(SignalBuffer from, long at, long count) throws IOException {
        throw cause;
      }

      @Override
      public void commit() {
        fail("committed");
      }

      @Override
      public void close() {
        sink.close();
      }
    };
  }

  @Test
  void shortWriteFails() {
    IOException cause = new IOException("disk full");
    try (Plan plan = GAIN.prepare(FORMAT)) {
      MemorySource source = new MemorySource(new double[1][5], true);
      OfflineRun run = new OfflineRun(source, plan, failingSink(cause));
      assertSame(cause, assertThrows(IOException.class, run::execute));
    }
  }

  @Test
  void filterFails() {
    IllegalStateException cause = new IllegalStateException("broken kernel");
    try (Plan plan = Pipeline.of(new Failing(cause)).prepare(FORMAT)) {
      OfflineRun run = new OfflineRun(endless(), plan, sink);
      assertSame(cause, assertThrows(IllegalStateException.class, run::execute));
    }
  }

  private record Failing(RuntimeException cause) implements CustomStage {

    @Override
    public StreamFormat output(StreamFormat in) {
      return in;
    }

    @Override
    public CustomKernel kernel(StreamFormat in) {
      return new CustomKernel() {
        @Override
        public int process(double[][] from, double[][] to, int frames) {
          throw cause;
        }

        @Override
        public void reset() {}
      };
    }

    @Override
    public String describe() {
      return "failing";
    }
  }

  @Test
  void listenerFails() {
    IllegalStateException cause = new IllegalStateException("closed window");
    try (Plan plan = GAIN.prepare(FORMAT)) {
      OfflineRun run =
          new OfflineRun(
              endless(),
              plan,
              sink,
              progress -> {
                throw cause;
              });
      assertSame(cause, assertThrows(IllegalStateException.class, run::execute));
    }
  }

  @Test
  void cancelEndsARunThatWaitsForItsSource() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    try (Plan plan = GAIN.prepare(FORMAT)) {
      OfflineRun run = new OfflineRun(hanging(waiting), plan, sink);
      Thread canceller =
          new Thread(
              () -> {
                await(waiting);
                run.cancel();
              });
      canceller.start();
      assertThrows(CancellationException.class, run::execute);
      canceller.join();
    }
  }

  @Test
  void interruptCancels() throws Exception {
    CountDownLatch waiting = new CountDownLatch(1);
    Thread caller = Thread.currentThread();
    try (Plan plan = GAIN.prepare(FORMAT)) {
      OfflineRun run = new OfflineRun(hanging(waiting), plan, sink);
      Thread interrupter =
          new Thread(
              () -> {
                await(waiting);
                caller.interrupt();
              });
      interrupter.start();
      assertThrows(CancellationException.class, run::execute);
      assertTrue(Thread.interrupted());
      interrupter.join();
    }
  }

  /** A pipe that never delivers its second block; only an interrupt ends the wait. */
  private static MemorySource hanging(CountDownLatch waiting) {
    return new MemorySource(new double[1][LONG], false) {
      private boolean started;

      @Override
      public long read(SignalBuffer into, long at, long frames) throws IOException {
        if (!started) {
          started = true;
          return super.read(into, at, frames);
        }
        waiting.countDown();
        try {
          Thread.sleep(60_000);
          return fail("nobody interrupted the wait");
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void cancelledBeforeItStartsWritesNothing() {
    try (Plan plan = GAIN.prepare(FORMAT)) {
      MemorySource source = new MemorySource(new double[1][10], true);
      OfflineRun run = new OfflineRun(source, plan, sink);
      run.cancel();
      assertThrows(CancellationException.class, run::execute);
      assertEquals(0, sink.frames());
    }
  }
}
