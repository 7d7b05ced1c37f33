package io.github.millrace.contract;

import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.CustomKernel;
import io.github.millrace.stage.CustomStage;
import java.util.concurrent.CountDownLatch;

/** Copies, and stays in the middle of it until it may leave. */
record WaitingStage(CountDownLatch inside, CountDownLatch leave) implements CustomStage {

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
    return "wait";
  }

  @Override
  public CustomKernel kernel(StreamFormat in) {
    return new CustomKernel() {
      @Override
      public int process(double[][] from, double[][] to, int frames) {
        inside.countDown();
        try {
          leave.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        for (int c = 0; c < from.length; c++) {
          System.arraycopy(from[c], 0, to[c], 0, frames);
        }
        return frames;
      }

      @Override
      public void reset() {}
    };
  }
}
