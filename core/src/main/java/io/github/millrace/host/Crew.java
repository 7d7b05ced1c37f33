package io.github.millrace.host;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A fixed crew of threads, made at prepare, that shares out the parts of one job at a time and
 * allocates nothing while it works. The caller is one of the crew, and does itself what nobody has
 * begun when it is through with its own part: a thread that the system wakes late, perhaps on the
 * caller's own core, then costs no more than the work it did not do.
 */
public final class Crew implements AutoCloseable {

  /** Work that divides into independent parts. */
  public interface Job {

    /** Does part {@code part} of {@code parts}. */
    void part(int part, int parts);
  }

  /**
   * Spins before parking: longer than the gap between two kernels of one chain, far below a block.
   */
  private static final int SPINS = 2_000;

  private final Worker[] workers;
  private final Consumer<Thread> starter;
  private final AtomicInteger running = new AtomicInteger();
  private volatile Thread caller;
  private volatile Throwable failure;
  private volatile boolean closed;
  private int hired;
  private Job job;
  private int parts;

  /**
   * A crew none of whose threads has been started.
   *
   * @param threads the most threads, the caller's included, at least 1
   */
  public Crew(int threads) {
    this(threads, Thread::start);
  }

  /**
   * A crew whose threads begin when someone else lets them.
   *
   * @param starter starts a thread, sooner or later
   */
  Crew(int threads, Consumer<Thread> starter) {
    this.starter = starter;
    if (threads < 1) {
      throw new IllegalArgumentException("threads is " + threads + ", expected at least 1");
    }
    workers = new Worker[threads - 1];
    for (int i = 0; i < workers.length; i++) {
      workers[i] = new Worker(i + 1);
    }
  }

  /** The most threads, the caller's included. */
  public int size() {
    return workers.length + 1;
  }

  /** Threads at work so far, the caller's included. */
  public int hired() {
    return hired + 1;
  }

  /**
   * Starts threads, so that jobs of this many parts find them ready.
   *
   * @param most parts of the jobs to come; more than {@link #size} counts as that
   * @return parts that such jobs will have
   */
  public int hire(int most) {
    int count = Math.min(most, size());
    for (; hired < count - 1; hired++) {
      starter.accept(workers[hired]);
    }
    return Math.max(1, count);
  }

  /**
   * Runs a job in at most {@code most} parts, one a thread, and returns when all are done.
   *
   * @throws RuntimeException what a part threw, from whichever thread
   */
  public void run(Job work, int most) {
    int count = hire(most);
    if (count == 1) {
      work.part(0, 1);
      return;
    }
    job = work;
    parts = count;
    failure = null;
    caller = Thread.currentThread();
    running.set(count - 1);
    for (int i = 0; i < count - 1; i++) {
      workers[i].call();
    }
    try {
      work.part(0, count);
    } finally {
      for (int i = 0; i < count - 1; i++) {
        workers[i].workIfCalled();
      }
      await();
    }
    rethrow();
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

  private void rethrow() {
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  /** Ends the threads; closing twice is harmless. */
  @Override
  public void close() {
    closed = true;
    for (Worker worker : workers) {
      LockSupport.unpark(worker);
    }
  }

  /** One thread of the crew other than the caller. */
  private final class Worker extends Thread {
    private final int part;
    private final AtomicBoolean called = new AtomicBoolean();

    Worker(int part) {
      super("millrace-" + part);
      this.part = part;
      setDaemon(true);
    }

    void call() {
      called.set(true);
      LockSupport.unpark(this);
    }

    /** Does this worker's part, on whichever thread, unless it is done already or never was due. */
    boolean workIfCalled() {
      boolean due = called.compareAndSet(true, false);
      if (due) {
        work();
      }
      return due;
    }

    @Override
    public void run() {
      int spins = 0;
      while (!closed) {
        if (called.get() && workIfCalled()) {
          spins = 0;
        } else if (spins++ < SPINS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(Crew.this);
          spins = 0;
        }
      }
    }

    private void work() {
      try {
        job.part(part, parts);
      } catch (Throwable e) {
        failure = e;
      } finally {
        if (running.decrementAndGet() == 0 && !Thread.currentThread().equals(caller)) {
          LockSupport.unpark(caller);
        }
      }
    }
  }
}
