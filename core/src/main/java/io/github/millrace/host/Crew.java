package io.github.millrace.host;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * What one plan may ask of the process's {@link Workers}: so many threads, so urgently. It starts
 * none; jobs do, where they are long enough to gain by it.
 */
public final class Crew {

  /** Work that divides into independent parts; none may wait for another. */
  public interface Job {

    /** Does part {@code part} of {@code parts}. */
    void part(int part, int parts);
  }

  /** What a sample of a job takes before any was timed. */
  private static final double FIRST_PACE = 1;

  /** Spins before parking: longer than most waits for the last part, far below a block. */
  private static final int SPINS = 2_000;

  private final int size;
  private final Level level;
  private final Workers workers;
  private int parts = 1;

  /**
   * A crew of normal urgency.
   *
   * @param threads the most threads, the caller's included, at least 1
   */
  public Crew(int threads) {
    this(threads, Level.NORMAL);
  }

  /**
   * A crew.
   *
   * @param threads the most threads, the caller's included, at least 1
   */
  public Crew(int threads, Level level) {
    this(threads, level, Workers.PROCESS);
  }

  Crew(int threads, Level level, Workers workers) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + ", expected at least 1");
    }
    size = threads;
    this.level = level;
    this.workers = workers;
  }

  /** The most threads, the caller's included. */
  public int size() {
    return size;
  }

  /** The most parts that a job will have, so far. */
  public int parts() {
    return parts;
  }

  /**
   * Says that jobs will have up to so many parts.
   *
   * @param most more than {@link #size} counts as that
   * @return parts that such jobs will have
   */
  public int expect(int most) {
    int count = Math.clamp(most, 1, size);
    parts = Math.max(parts, count);
    return count;
  }

  /** A job to be run many times, by one caller at a time. */
  public Task task(Job job) {
    return new Task(job);
  }

  /**
   * A job, and how quickly threads get through it. The caller is one of its threads, and does
   * itself what nobody has begun when it is through with its own part: a thread that the system
   * wakes late, perhaps on the caller's own core, then costs no more than the work it did not do.
   * It allocates nothing but threads, where those that it wants have left.
   */
  public final class Task {
    private final Job job;
    private final AtomicIntegerArray claims = new AtomicIntegerArray(size);
    private final AtomicInteger unclaimed = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private volatile Thread caller;
    private volatile Throwable failure;
    private volatile int round;
    private double pace = FIRST_PACE;
    private int count;

    /** Among open tasks, kept by the workers. */
    Task next;

    private Task(Job job) {
      this.job = job;
    }

    /** Runs a job that is worth a thread for each part; see {@link #run(int, long)}. */
    public void run(int most) {
      int all = Math.clamp(most, 1, size);
      run(all, all - 1);
    }

    /**
     * Runs the job in at most {@code parts} parts and returns when all are done. How many parts
     * there are depends on nothing else; how many threads share them, on how long they take.
     *
     * @param samples how much there is to do, in samples or whatever else the time grows with
     * @throws RuntimeException what a part threw, from whichever thread
     */
    public void run(int parts, long samples) {
      int all = Math.clamp(parts, 1, size);
      if (all == 1) {
        job.part(0, 1);
        return;
      }
      long begin = System.nanoTime();
      int most = Math.min(all - 1, Cores.left());
      int mine = run(all, workers.helpers(most, pace * samples));
      if (mine > 0) {
        time(System.nanoTime() - begin, (double) samples * mine / all);
      }
    }

    /** Runs all parts; returns how many of them this thread did. */
    private int run(int all, int helpers) {
      if (helpers == 0) {
        for (int part = 0; part < all; part++) {
          job.part(part, all);
        }
        return all;
      }
      begin(all);
      workers.open(this, helpers);
      int mine = 0;
      while (work(0)) {
        mine++;
      }
      await();
      workers.close(this);
      Throwable thrown = failure;
      failure = null;
      rethrow(thrown);
      return mine;
    }

    /**
     * Opens the parts of another round; whoever still looks at the last one claims none of them.
     */
    private void begin(int all) {
      caller = Thread.currentThread();
      count = all;
      running.set(all);
      unclaimed.set(all);
      int now = round + 1;
      for (int part = 0; part < all; part++) {
        claims.set(part, fresh(now));
      }
      round = now;
    }

    private static int fresh(int round) {
      return round << 1;
    }

    private static int taken(int round) {
      return round << 1 | 1;
    }

    /**
     * Keeps the shortest time that a sample took; a longer one counts little: it may have waited.
     */
    private void time(long nanos, double samples) {
      double now = nanos / Math.max(1, samples);
      pace = now < pace ? now : pace + (now - pace) / 8;
    }

    Level level() {
      return level;
    }

    /** Whether nobody has begun some part. */
    boolean wantsHands() {
      return unclaimed.get() > 0;
    }

    /**
     * Does one part, that of this thread's number if it is still to be had, so that a thread meets
     * the samples it wrote the last time.
     *
     * @return false if there was none
     */
    boolean work(int number) {
      int now = round;
      int all = count;
      for (int i = 0; i < all; i++) {
        int part = (number + i) % all;
        if (claims.compareAndSet(part, fresh(now), taken(now))) {
          unclaimed.getAndDecrement();
          part(part, all);
          return true;
        }
      }
      return false;
    }

    private void part(int part, int all) {
      try {
        job.part(part, all);
      } catch (Throwable e) {
        failure = e;
      } finally {
        if (running.decrementAndGet() == 0 && !Thread.currentThread().equals(caller)) {
          LockSupport.unpark(caller);
        }
      }
    }

    private void await() {
      int spins = 0;
      while (running.get() > 0) {
        if (spins++ < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
    }

    private static void rethrow(Throwable thrown) {
      switch (thrown) {
        case null -> {}
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        case Throwable e -> throw new IllegalStateException(e);
      }
    }
  }
}
