package io.github.millrace.cli.filter;

import io.github.millrace.host.Cores;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Numbered jobs, begun in their order by a few threads: short ones side by side, a core each, so
 * that none waits for another's disk; a long one, which uses all cores itself, alone.
 */
final class SideBySide {

  /** What there is to do. Any thread. */
  interface Jobs {

    /** How many there are. */
    int count();

    /** Whether a job needs no more than one core. */
    boolean isShort(int number);

    /** Does one, alone unless it is short. What it throws ends all. */
    void run(int number, boolean isShort);
  }

  private record Turn(int number, boolean isShort) {}

  private final Jobs jobs;
  private final ReadWriteLock room = new ReentrantReadWriteLock();

  /** Who has it takes the next job. */
  private final Lock order = new ReentrantLock();

  private int next;
  private volatile Throwable failure;

  /** These jobs, once. */
  SideBySide(Jobs jobs) {
    this.jobs = jobs;
  }

  /**
   * Does all, by the caller and helpers of it.
   *
   * @param threads how many at most
   * @throws CancellationException if the caller is interrupted; all that had begun has ended then
   */
  void run(int threads) {
    List<Thread> helpers = start(Math.min(threads, jobs.count()) - 1);
    work();
    if (failure != null) {
      helpers.forEach(Thread::interrupt);
    }
    helpers.forEach(helper -> end(helper, helpers));
    switch (failure) {
      case null -> {}
      case InterruptedException _ -> throw cancelled();
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }

  /** Starts helpers; where the system has no thread left, fewer must do. */
  private List<Thread> start(int count) {
    List<Thread> helpers = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        Thread helper = new Thread(this::work, "millrace-batch-" + (i + 2));
        helper.setDaemon(true);
        helper.start();
        helpers.add(helper);
      }
    } catch (OutOfMemoryError e) {
      // The caller does what nobody else does.
    }
    return helpers;
  }

  private static CancellationException cancelled() {
    Thread.currentThread().interrupt();
    return new CancellationException("the run was cancelled");
  }

  private void work() {
    try {
      for (Turn turn = take(); turn != null; turn = take()) {
        run(turn);
      }
    } catch (InterruptedException | RuntimeException | Error e) {
      stop(e);
    }
  }

  /** The next job, and room for it; null where none is left, or one has failed meanwhile. */
  private Turn take() throws InterruptedException {
    order.lockInterruptibly();
    try {
      if (next == jobs.count()) {
        return null;
      }
      Turn turn = new Turn(next, jobs.isShort(next));
      room(turn).lockInterruptibly();
      if (failure != null) {
        room(turn).unlock();
        return null;
      }
      next++;
      return turn;
    } finally {
      order.unlock();
    }
  }

  private Lock room(Turn turn) {
    return turn.isShort ? room.readLock() : room.writeLock();
  }

  private void run(Turn turn) {
    if (turn.isShort) {
      Cores.take();
    }
    try {
      jobs.run(turn.number, turn.isShort);
    } catch (RuntimeException | Error e) {
      // Before there is room for another.
      stop(e);
      throw e;
    } finally {
      if (turn.isShort) {
        Cores.giveBack();
      }
      room(turn).unlock();
    }
  }

  private synchronized void stop(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
  }

  /** Waits for one; an interrupt is passed on to all, of whom another may be at a long job. */
  private void end(Thread helper, List<Thread> helpers) {
    boolean ended = false;
    while (!ended) {
      try {
        helper.join();
        ended = true;
      } catch (InterruptedException e) {
        stop(e);
        helpers.forEach(Thread::interrupt);
      }
    }
  }
}
