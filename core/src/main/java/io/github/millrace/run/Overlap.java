package io.github.millrace.run;

import io.github.millrace.run.BlockRing.Work;
import java.io.IOException;
import java.util.List;

/**
 * Reads, filters and writes blocks at the same time: two threads beside the caller, who filters.
 */
final class Overlap {

  /** Does one kind of work on one block. */
  interface Step {

    /** Returns false if there was nothing left to do. */
    boolean run(Work work, RunBlock block) throws IOException;
  }

  private static final long PATIENCE_MILLIS = 1_000;

  private final BlockRing ring;
  private final List<RunBlock> blocks;
  private final Step step;

  /** An overlap over a ring of these blocks. */
  Overlap(BlockRing ring, List<RunBlock> blocks, Step step) {
    this.ring = ring;
    this.blocks = List.copyOf(blocks);
    this.step = step;
  }

  /**
   * Works until the end, or until something stops the ring.
   *
   * @return whether both threads have ended; one may hang in a read or a write after a failure
   */
  boolean run() {
    Thread reader = start(Work.READ);
    Thread writer = start(Work.WRITE);
    try {
      loop(Work.FILTER);
    } finally {
      end(reader);
      end(writer);
    }
    return !reader.isAlive() && !writer.isAlive();
  }

  private Thread start(Work work) {
    Thread thread = new Thread(() -> loop(work), "millrace-" + work);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** One thread's part; what it throws stops the others and is kept as the cause. */
  private void loop(Work work) {
    try {
      int slot;
      while ((slot = ring.await(work)) >= 0 && step.run(work, blocks.get(slot))) {
        ring.pass(work);
      }
      ring.end(work);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      ring.cancel();
    } catch (Throwable e) {
      ring.stop(e);
    }
  }

  private void end(Thread thread) {
    // An interrupt has stopped the ring already, and would cut the wait short.
    boolean interrupted = Thread.interrupted();
    try {
      while (thread.isAlive() && !ring.isStopped()) {
        thread.join(PATIENCE_MILLIS);
      }
      if (thread.isAlive()) {
        thread.interrupt();
        thread.join(PATIENCE_MILLIS);
      }
    } catch (InterruptedException e) {
      ring.cancel();
      thread.interrupt();
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
