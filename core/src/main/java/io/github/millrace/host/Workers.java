package io.github.millrace.host;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Threads that take parts of open jobs, the most urgent first: one set a process, however many
 * plans there are. They start when a job wants more than there are, and leave when for a while none
 * wanted them.
 */
final class Workers {

  /** Those of this process. */
  static final Workers PROCESS = new Workers(Thread::start, 5_000_000_000L);

  /**
   * Spins of a thread without work before it parks: longer than the gap between two kernels of one
   * chain, far below a block.
   */
  private static final int SPINS = 2_000;

  /** To hand a part to a thread that is awake. */
  private static final double AWAKE_NANOS = 1_000;

  private final Consumer<Thread> starter;
  private final long idleNanos;
  private final AtomicInteger awake = new AtomicInteger();
  private final AtomicInteger opened = new AtomicInteger();
  private final WakeTime wakeTime = new WakeTime();

  /** The most urgent open task; guarded by this. */
  private Crew.Task first;

  /** In the order of their numbers; replaced, not changed, and that under the lock. */
  private volatile Worker[] all = {};

  /**
   * Workers none of whom is there yet.
   *
   * @param starter starts a thread, sooner or later
   * @param idleNanos how long one without work stays
   */
  Workers(Consumer<Thread> starter, long idleNanos) {
    this.starter = starter;
    this.idleNanos = idleNanos;
  }

  /** How many there are. */
  int size() {
    return all.length;
  }

  /**
   * How many shorten a job that takes its caller so long alone: those awake cost next to nothing,
   * one asleep must be there before half of the job is done.
   */
  int helpers(int most, double aloneNanos) {
    int ready = (int) Math.min(Math.min(most, awake.get()), aloneNanos / AWAKE_NANOS);
    int woken = (int) Math.min(most - ready, aloneNanos / (2 * wakeTime.nanos()));
    if (ready + woken < most) {
      wakeTime.refused();
    }
    return ready + woken;
  }

  /** Offers the parts of a task, and sees to it that so many workers look at them. */
  void open(Crew.Task task, int helpers) {
    synchronized (this) {
      insert(task);
      opened.getAndIncrement();
    }
    int asleep = helpers - awake.get();
    Worker[] now = all;
    for (int i = 0; i < now.length && asleep > 0; i++) {
      if (now[i].wake()) {
        asleep--;
      }
    }
    if (helpers > now.length) {
      hire(helpers);
    }
  }

  private void insert(Crew.Task task) {
    if (first == null || task.level().compareTo(first.level()) < 0) {
      task.next = first;
      first = task;
      return;
    }
    Crew.Task before = first;
    while (before.next != null && before.next.level().compareTo(task.level()) <= 0) {
      before = before.next;
    }
    task.next = before.next;
    before.next = task;
  }

  /** Takes back a task all of whose parts are done. */
  synchronized void close(Crew.Task task) {
    if (first == task) {
      first = task.next;
    } else {
      Crew.Task before = first;
      while (before.next != task) {
        before = before.next;
      }
      before.next = task.next;
    }
    task.next = null;
  }

  private synchronized Crew.Task mostUrgent() {
    Crew.Task task = first;
    while (task != null && !task.wantsHands()) {
      task = task.next;
    }
    return task;
  }

  /** Starts threads until there are so many; where the system has none left, fewer must do. */
  private void hire(int count) {
    try {
      for (Worker hired = engage(count); hired != null; hired = engage(count)) {
        start(hired);
      }
    } catch (OutOfMemoryError e) {
      // The task is open already: who runs it does what nobody else does.
    }
  }

  private void start(Worker hired) {
    try {
      starter.accept(hired);
    } catch (OutOfMemoryError e) {
      dismiss(hired);
      throw e;
    }
  }

  /** A new worker with the lowest number that is free, or null where there are enough. */
  private synchronized Worker engage(int count) {
    if (all.length >= count) {
      return null;
    }
    int at = 0;
    while (at < all.length && all[at].number == at + 1) {
      at++;
    }
    Worker[] more = new Worker[all.length + 1];
    System.arraycopy(all, 0, more, 0, at);
    System.arraycopy(all, at, more, at + 1, all.length - at);
    more[at] = new Worker(at + 1);
    all = more;
    return more[at];
  }

  private synchronized void dismiss(Worker worker) {
    all = Arrays.stream(all).filter(other -> other != worker).toArray(Worker[]::new);
  }

  private final class Worker extends Thread {
    private final int number;
    private final AtomicBoolean asleep = new AtomicBoolean();
    private volatile long calledNanos;

    Worker(int number) {
      super("millrace-" + number);
      this.number = number;
      setDaemon(true);
    }

    /** Wakes this thread, if it sleeps. */
    boolean wake() {
      if (!asleep.get()) {
        return false;
      }
      calledNanos = System.nanoTime();
      boolean slept = asleep.compareAndSet(true, false);
      if (slept) {
        LockSupport.unpark(this);
      }
      return slept;
    }

    @Override
    public void run() {
      boolean stays = true;
      while (stays) {
        int seen = opened.get();
        Crew.Task task = mostUrgent();
        if (task == null) {
          stays = spins(seen) || sleeps(seen);
        } else {
          task.work(number);
        }
      }
    }

    /** Whether something was opened in a short while. */
    private boolean spins(int seen) {
      awake.getAndIncrement();
      for (int i = 0; i < SPINS && opened.get() == seen; i++) {
        Thread.onSpinWait();
      }
      awake.getAndDecrement();
      return opened.get() != seen;
    }

    /** Sleeps until it is called; whether it was. */
    private boolean sleeps(int seen) {
      asleep.set(true);
      if (opened.get() != seen) {
        asleep.set(false);
        return true;
      }
      long begin = System.nanoTime();
      while (asleep.get()) {
        long left = idleNanos - (System.nanoTime() - begin);
        if (left <= 0 && leaves()) {
          return false;
        }
        LockSupport.parkNanos(this, Math.max(1, left));
      }
      wakeTime.took(System.nanoTime() - calledNanos);
      return true;
    }

    private boolean leaves() {
      synchronized (Workers.this) {
        boolean called = !asleep.compareAndSet(true, false);
        if (called || mostUrgent() != null) {
          return false;
        }
        dismiss(this);
        return true;
      }
    }
  }
}
