package io.github.millrace.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Carries the blocks of a run from source to sink by several threads: each takes the next block all
 * the way, so that its samples stay in that core's caches, while the others are at another kind of
 * work.
 */
final class Overlap {

  /** Takes one block all the way. */
  interface Carrier {

    /** Returns false if there was nothing left to do. */
    boolean carry(long number, RunBlock block) throws Exception;
  }

  private static final long PATIENCE_MILLIS = 1_000;

  private final Turns turns;
  private final List<RunBlock> blocks;
  private final Carrier carrier;
  private final ThreadFactory factory;
  private final AtomicLong next = new AtomicLong();

  /** An overlap of as many threads as there are blocks. */
  Overlap(Turns turns, List<RunBlock> blocks, Carrier carrier) {
    this(turns, blocks, carrier, Thread::new);
  }

  Overlap(Turns turns, List<RunBlock> blocks, Carrier carrier, ThreadFactory factory) {
    this.turns = turns;
    this.blocks = List.copyOf(blocks);
    this.carrier = carrier;
    this.factory = factory;
  }

  /** Works in the caller, who is the only one. */
  void runHere() {
    work(blocks.getFirst());
  }

  /**
   * Works until the end, or until something stops the turns; the caller only waits, so that an
   * interrupt reaches nobody who reads or writes. Where the system has no thread left, fewer must
   * do, and the caller if there is none.
   *
   * @return whether all threads have ended; one may hang in a read or a write after a failure
   */
  boolean run() {
    List<Thread> threads = start();
    if (threads.isEmpty()) {
      runHere();
    }
    threads.forEach(this::end);
    return threads.stream().noneMatch(Thread::isAlive);
  }

  private List<Thread> start() {
    List<Thread> threads = new ArrayList<>();
    try {
      for (RunBlock block : blocks) {
        Thread thread = factory.newThread(() -> work(block));
        thread.setName("millrace-run-" + (threads.size() + 1));
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
      }
    } catch (OutOfMemoryError e) {
      // Those that there are take all blocks.
    }
    return threads;
  }

  /** One thread's part; what it throws stops the others and is kept as the cause. */
  private void work(RunBlock block) {
    try {
      boolean more = true;
      while (more) {
        more = carrier.carry(next.getAndIncrement(), block);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      turns.cancel();
    } catch (Throwable e) {
      turns.stop(e);
    }
  }

  private void end(Thread thread) {
    // One that has come already would cut the wait short.
    boolean interrupted = Thread.interrupted();
    if (interrupted) {
      turns.cancel();
    }
    while (thread.isAlive() && !turns.isStopped()) {
      interrupted |= isInterruptedWaitingFor(thread);
    }
    if (thread.isAlive()) {
      thread.interrupt();
      interrupted |= isInterruptedWaitingFor(thread);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits for a while; whether an interrupt cut that short, which stops the turns. */
  private boolean isInterruptedWaitingFor(Thread thread) {
    try {
      thread.join(PATIENCE_MILLIS);
      return false;
    } catch (InterruptedException e) {
      turns.cancel();
      return true;
    }
  }
}
