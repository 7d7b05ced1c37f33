package io.github.millrace.contract;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts the heap bytes that the calling thread and the threads of plans allocate. */
final class Allocation {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final int ROUNDS = 20;

  private final long[] threads =
      Thread.getAllStackTraces().keySet().stream()
          .filter(t -> t.equals(Thread.currentThread()) || t.getName().startsWith("millrace"))
          .mapToLong(Thread::threadId)
          .toArray();
  private final long[] before = new long[threads.length];

  private Allocation() {}

  /**
   * The bytes that calls take once all is linked: of 100 calls before the optimising compiler can
   * have removed anything, and of {@code most} if that is more. Of each the least of some rounds
   * counts: linking and compiling leave a few bytes now and then, on a busy machine in five rounds
   * running.
   */
  static long leastBytes(Runnable call, int most) {
    Allocation counter = new Allocation();
    counter.least(call, 10);
    long early = counter.least(call, 100);
    return most > 100 ? Math.max(early, counter.least(call, most)) : early;
  }

  private long least(Runnable call, int calls) {
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS && least > 0; round++) {
      start();
      for (int i = 0; i < calls; i++) {
        call.run();
      }
      least = Math.min(least, bytes());
    }
    return least;
  }

  private void start() {
    for (int t = 0; t < threads.length; t++) {
      before[t] = THREADS.getThreadAllocatedBytes(threads[t]);
    }
  }

  /** Threads of plans closed before may end meanwhile; the bean then says -1. */
  private long bytes() {
    long sum = 0;
    for (int t = 0; t < threads.length; t++) {
      long now = THREADS.getThreadAllocatedBytes(threads[t]);
      sum += now < 0 ? 0 : now - before[t];
    }
    return sum;
  }
}
