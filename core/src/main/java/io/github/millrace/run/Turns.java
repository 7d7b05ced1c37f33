package io.github.millrace.run;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Lets the threads of a run take turns: blocks are read in order, filtered in order and written in
 * order, and so on, each kind of work by one thread at a time.
 */
final class Turns {

  /** What is done to a block, in order. */
  enum Work {
    READ(0),
    UPLOAD(1),
    FILTER(2),
    DOWNLOAD(3),
    WRITE(4);

    /** How many kinds there are. */
    static final int KINDS = 5;

    private final int place;

    Work(int place) {
      this.place = place;
    }

    /** 0 for the first. */
    int place() {
      return place;
    }
  }

  /**
   * Looks before a thread sleeps: about 50 us, as long as work on a block of a mebibyte takes and
   * less than to be woken costs both threads (2.1 GHz Xeon, 2 cores, November 2026).
   */
  private static final int SPINS = 1_000;

  /** For each kind of work the block whose turn it is. */
  private final AtomicLongArray due = new AtomicLongArray(Work.KINDS);

  /** The number of blocks, once it is known. */
  private volatile long end = Long.MAX_VALUE;

  private volatile boolean stopped;
  private Throwable cause;

  /**
   * Waits until a block may be worked on.
   *
   * @return false if it never may: the signal ended before it, or the threads are sent home
   * @throws InterruptedException if the thread was interrupted
   */
  boolean await(Work work, long block) throws InterruptedException {
    for (int i = 0; i < SPINS && isTooEarly(work, block); i++) {
      Thread.onSpinWait();
    }
    if (isTooEarly(work, block)) {
      sleep(work, block);
    }
    return !stopped && block < end;
  }

  private boolean isTooEarly(Work work, long block) {
    return due.get(work.place()) < block && block < end && !stopped;
  }

  private synchronized void sleep(Work work, long block) throws InterruptedException {
    while (isTooEarly(work, block)) {
      wait();
    }
  }

  /** Gives the turn to the next block. */
  void pass(Work work, long block) {
    due.set(work.place(), block + 1);
    wake();
  }

  /** Says how many blocks there are. */
  void end(long blocks) {
    end = blocks;
    wake();
  }

  /** Sends all threads home; the first cause given is kept. */
  synchronized void stop(Throwable reason) {
    if (!stopped) {
      cause = reason;
      stopped = true;
    }
    notifyAll();
  }

  /** Sends all threads home because someone wants the end. */
  void cancel() {
    stop(new CancellationException("the run was cancelled"));
  }

  private synchronized void wake() {
    notifyAll();
  }

  /** Whether the threads were sent home. */
  boolean isStopped() {
    return stopped;
  }

  /**
   * Throws what stopped the threads, if anything did.
   *
   * @throws IOException if that is the cause; others are thrown as they are
   */
  synchronized void check() throws IOException {
    if (cause == null) {
      return;
    }
    switch (cause) {
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }
}
