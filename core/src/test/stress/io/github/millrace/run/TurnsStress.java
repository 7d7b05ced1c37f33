package io.github.millrace.run;

import io.github.millrace.run.Turns.Work;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Blocks in plain memory are read, filtered and written in order, whichever thread carries them. */
public class TurnsStress {

  private TurnsStress() {}

  private static boolean await(Turns turns, Work work, long block) {
    try {
      return turns.await(work, block);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Two threads carry every other block each. */
  @JCStressTest
  @Outcome(id = "1359", expect = Expect.ACCEPTABLE, desc = "Running sums of 1, 2, 2, 4, in order.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "A block was lost, torn or out of order.")
  @State
  public static class BlocksArrive {
    private static final int[] SIGNAL = {1, 2, 2, 4};

    private final Turns turns = new Turns();
    private int position;
    private int sum;
    private int written;

    private void carry(int first) {
      for (long block = first; await(turns, Work.READ, block); block += 2) {
        if (position == SIGNAL.length) {
          turns.end(block);
          return;
        }
        int sample = SIGNAL[position++];
        turns.pass(Work.READ, block);
        await(turns, Work.FILTER, block);
        sum += sample;
        int filtered = sum;
        turns.pass(Work.FILTER, block);
        await(turns, Work.WRITE, block);
        written = 10 * written + filtered;
        turns.pass(Work.WRITE, block);
      }
    }

    /** Carries blocks 0 and 2, and finds that there is no 4. */
    @Actor
    public void even() {
      carry(0);
    }

    /** Carries blocks 1 and 3, the last one. */
    @Actor
    public void odd(I_Result r) {
      carry(1);
      r.r1 = written;
    }
  }

  /** Threads that are sent home stop waiting, and the cause is told. */
  @JCStressTest
  @Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "Sent home, with the cause.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Not sent home, or without a cause.")
  @State
  public static class Cancelled {
    private final Turns turns = new Turns();

    /** Waits for a turn that nobody gives. */
    @Actor
    public void waiting(II_Result r) {
      r.r1 = await(turns, Work.READ, 1) ? 1 : 0;
      try {
        turns.check();
      } catch (CancellationException e) {
        r.r2 = 1;
      } catch (IOException e) {
        r.r2 = 2;
      }
    }

    /** Wants the end. */
    @Actor
    public void canceller() {
      turns.cancel();
    }
  }
}
