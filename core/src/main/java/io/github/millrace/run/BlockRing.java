package io.github.millrace.run;

import java.io.IOException;
import java.util.concurrent.CancellationException;

/**
 * Keeps three threads that pass blocks round a ring in step: each waits until the one before it in
 * the ring is done with the next block.
 */
final class BlockRing {

  /** What is done to a block, in order; each by one thread. */
  enum Work {
    READ(0),
    FILTER(1),
    WRITE(2);

    private final int place;

    Work(int place) {
      this.place = place;
    }
  }

  private final int slots;
  private final long[] done = new long[Work.values().length];
  private final boolean[] ended = new boolean[done.length];
  private boolean stopped;
  private Throwable cause;

  /** A ring of this many blocks. */
  BlockRing(int slots) {
    this.slots = slots;
  }

  /**
   * Waits until a thread may work on its next block.
   *
   * @return the slot of that block; -1 if there will be none
   * @throws InterruptedException if the thread was interrupted
   */
  synchronized int await(Work work) throws InterruptedException {
    while (!stopped) {
      int w = work.place;
      if (isReady(work)) {
        return (int) (done[w] % slots);
      }
      if (w > 0 && ended[w - 1]) {
        return -1;
      }
      wait();
    }
    return -1;
  }

  private boolean isReady(Work work) {
    int w = work.place;
    return work == Work.READ ? done[w] - done[Work.WRITE.place] < slots : done[w] < done[w - 1];
  }

  /** Passes a block on to the next thread. */
  synchronized void pass(Work work) {
    done[work.place]++;
    notifyAll();
  }

  /** Says that no block will follow from this thread. */
  synchronized void end(Work work) {
    ended[work.place] = true;
    notifyAll();
  }

  /** Sends all threads home; the first cause given is kept. */
  synchronized void stop(Throwable reason) {
    if (!stopped) {
      stopped = true;
      cause = reason;
    }
    notifyAll();
  }

  /** Sends all threads home because someone wants the end. */
  void cancel() {
    stop(new CancellationException("the run was cancelled"));
  }

  /** Whether the threads were sent home. */
  synchronized boolean isStopped() {
    return stopped;
  }

  /**
   * Throws what stopped the ring, if anything did.
   *
   * @throws IOException if that is the cause; others are thrown as they are
   */
  synchronized void check() throws IOException {
    switch (cause) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }
}
