package io.github.millrace.engine;

import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.CustomKernel;
import io.github.millrace.stage.CustomStage;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DroppedPlanTest {

  /** Copies, and counts the kernels closed. */
  private record Counted(CountDownLatch closed) implements CustomStage {
    @Override
    public StreamFormat output(StreamFormat in) {
      return in;
    }

    @Override
    public boolean keepsLength() {
      return true;
    }

    @Override
    public String describe() {
      return "counted";
    }

    @Override
    public CustomKernel kernel(StreamFormat in) {
      return new CustomKernel() {
        @Override
        public int process(double[][] from, double[][] to, int frames) {
          System.arraycopy(from[0], 0, to[0], 0, frames);
          return frames;
        }

        @Override
        public void reset() {}

        @Override
        public void close() {
          closed.countDown();
        }
      };
    }
  }

  /**
   * Hangs where it fails: nothing that a plan holds, its threads included, keeps it from being
   * cleaned up.
   */
  @Test
  @Timeout(300)
  void aPlanThatIsDroppedIsClosed() {
    CountDownLatch closed = new CountDownLatch(1);
    use(closed);
    while (closed.getCount() > 0) {
      System.gc();
      Thread.onSpinWait();
    }
  }

  private static void use(CountDownLatch closed) {
    StreamFormat mono = new StreamFormat(48_000, 1, SampleType.FLOAT64);
    Plan plan = Pipeline.of(new Counted(closed)).prepare(mono);
    try (SignalBuffer buffer = SignalBuffer.allocate(mono, 10)) {
      plan.forward(buffer, buffer);
    }
  }
}
