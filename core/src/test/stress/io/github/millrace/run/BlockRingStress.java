package io.github.millrace.run;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Blocks in plain memory pass from thread to thread, whole and in order. */
public class BlockRingStress {

  private static final int SLOTS = 2;

  private BlockRingStress() {}

  private static int await(BlockRing ring, BlockRing.Work work) {
    try {
      return ring.await(work);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One thread reads and writes, the other filters. */
  @JCStressTest
  @Outcome(id = "2468", expect = Expect.ACCEPTABLE, desc = "All blocks, filtered, in order.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "A block was lost, torn or out of order.")
  @State
  public static class BlocksArrive {
    private final BlockRing ring = new BlockRing(SLOTS);
    private final int[] blocks = new int[SLOTS];

    /** Reads four blocks, and writes each as soon as it is filtered. */
    @Actor
    public void readerAndWriter(I_Result r) {
      for (int block = 1; block <= 4; block++) {
        blocks[await(ring, BlockRing.Work.READ)] = block;
        ring.pass(BlockRing.Work.READ);
        if (block >= SLOTS) {
          write(r);
        }
      }
      ring.end(BlockRing.Work.READ);
      write(r);
    }

    private void write(I_Result r) {
      r.r1 = 10 * r.r1 + blocks[await(ring, BlockRing.Work.WRITE)];
      ring.pass(BlockRing.Work.WRITE);
    }

    /** Doubles what comes, until nothing does. */
    @Actor
    public void filter() {
      for (int slot = await(ring, BlockRing.Work.FILTER);
          slot >= 0;
          slot = await(ring, BlockRing.Work.FILTER)) {
        blocks[slot] *= 2;
        ring.pass(BlockRing.Work.FILTER);
      }
    }
  }

  /** A ring that is cancelled lets everyone go, and says why. */
  @JCStressTest
  @Outcome(id = "-1, 1", expect = Expect.ACCEPTABLE, desc = "Sent home, with the cause.")
  @Outcome(expect = Expect.FORBIDDEN, desc = "Not sent home, or without a cause.")
  @State
  public static class Cancelled {
    private final BlockRing ring = new BlockRing(1);

    /** Reads until there is no room, which nobody makes. */
    @Actor
    public void reader(II_Result r) {
      int slot = await(ring, BlockRing.Work.READ);
      while (slot >= 0) {
        ring.pass(BlockRing.Work.READ);
        slot = await(ring, BlockRing.Work.READ);
      }
      r.r1 = slot;
      try {
        ring.check();
      } catch (CancellationException e) {
        r.r2 = 1;
      } catch (IOException e) {
        r.r2 = 2;
      }
    }

    /** Wants the end. */
    @Actor
    public void canceller() {
      ring.cancel();
    }
  }
}
