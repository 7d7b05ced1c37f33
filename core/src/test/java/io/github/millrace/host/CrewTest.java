package io.github.millrace.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CrewTest {

  private static final long LONG = 60_000_000_000L;

  private final Workers workers = new Workers(Thread::start, LONG);

  private Crew crew(int threads) {
    return new Crew(threads, Level.NORMAL, workers);
  }

  @Test
  void everyPartRunsOnceInEveryJob() {
    AtomicIntegerArray runs = new AtomicIntegerArray(5);
    Crew.Task task = crew(5).task((part, parts) -> runs.addAndGet(part, parts));
    for (int i = 0; i < 10_000; i++) {
      task.run(5);
      task.run(5, i);
    }
    for (int part = 0; part < 5; part++) {
      assertEquals(5 * 20_000, runs.get(part));
    }
  }

  @Test
  void fewerPartsThanThreads() {
    AtomicIntegerArray runs = new AtomicIntegerArray(4);
    Crew.Task task = crew(4).task((part, parts) -> runs.addAndGet(part, parts));
    task.run(2);
    task.run(1);
    task.run(0);
    assertEquals("[4, 2, 0, 0]", runs.toString());
  }

  @Test
  void morePartsThanThreadsAreAsManyAsThreads() {
    AtomicIntegerArray runs = new AtomicIntegerArray(3);
    crew(3).task((part, parts) -> runs.addAndGet(part, parts)).run(300, 1L << 40);
    assertEquals("[3, 3, 3]", runs.toString());
  }

  /** Threads that the system lets begin after the job, and threads that it never does. */
  @Test
  void whatNobodyHasBegunTheCallerDoes() {
    List<Thread> late = new ArrayList<>();
    AtomicIntegerArray byCaller = new AtomicIntegerArray(3);
    Thread caller = Thread.currentThread();
    Crew crew = new Crew(3, Level.NORMAL, new Workers(late::add, LONG));
    Crew.Task task = crew.task((part, _) -> byCaller.addAndGet(part, isCurrent(caller) ? 1 : 0));
    for (int i = 0; i < 100; i++) {
      task.run(3);
    }
    assertEquals("[100, 100, 100]", byCaller.toString());
    late.getFirst().start();
    task.run(3);
    assertEquals(2, late.size());
  }

  /** As at the limit of a user or a container. */
  @Test
  void aSystemWithoutThreadsIsServedByTheCaller() {
    AtomicIntegerArray runs = new AtomicIntegerArray(3);
    Consumer<Thread> none =
        _ -> {
          throw new OutOfMemoryError("unable to create native thread");
        };
    Workers nobody = new Workers(none, LONG);
    new Crew(3, Level.NORMAL, nobody).task((part, _) -> runs.incrementAndGet(part)).run(3);
    assertEquals("[1, 1, 1]", runs.toString());
    assertEquals(0, nobody.size());
  }

  private static boolean isCurrent(Thread thread) {
    return Thread.currentThread().equals(thread);
  }

  /** Each part waits for the others, so that no thread can do two. */
  @Test
  void longPartsAreShared() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CyclicBarrier all = new CyclicBarrier(3);
    Crew.Task task =
        crew(3)
            .task(
                (_, _) -> {
                  threads.add(Thread.currentThread());
                  meet(all);
                });
    for (int i = 0; i < 20; i++) {
      task.run(3);
    }
    assertEquals(3, threads.size());
    assertTrue(threads.contains(Thread.currentThread()));
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatAPartThrowsReachesTheCallerAndTheCrewGoesOn() {
    for (int bad = 0; bad < 3; bad++) {
      int failing = bad;
      Crew.Task task = crew(3).task((part, _) -> failAt(part, failing));
      for (int i = 0; i < 3; i++) {
        var e = assertThrows(IllegalArgumentException.class, () -> task.run(3));
        assertEquals("part " + failing, e.getMessage());
      }
    }
    AtomicIntegerArray runs = new AtomicIntegerArray(3);
    crew(3).task((part, _) -> runs.incrementAndGet(part)).run(3);
    assertEquals("[1, 1, 1]", runs.toString());
  }

  private static void failAt(int part, int failing) {
    if (part == failing) {
      throw new IllegalArgumentException("part " + part);
    }
  }

  @Test
  void crewsShareThreads() {
    for (int i = 0; i < 50; i++) {
      crew(3).task((_, _) -> {}).run(3);
    }
    assertEquals(2, workers.size());
  }

  /** However many threads are allowed, a block of 100 samples is over before one is there. */
  @Test
  void shortJobsStartNoThread() {
    Crew crew = crew(64);
    assertEquals(64, crew.expect(300));
    AtomicInteger parts = new AtomicInteger();
    Crew.Task task = crew.task((_, _) -> parts.incrementAndGet());
    task.run(64, 100);
    assertEquals(64, parts.get());
    assertEquals(0, workers.size());
  }

  /** Two of 64 parts' worth of work is worth one thread, not 63. */
  @Test
  void aJobHiresWhatItCanUse() {
    assertEquals(0, workers.helpers(63, 59_999));
    assertEquals(1, workers.helpers(63, 60_000));
    assertEquals(2, workers.helpers(63, 120_000));
    assertEquals(63, workers.helpers(63, 1e9));
    assertEquals(3, workers.helpers(3, 1e9));
  }

  @Test
  void coresThatOthersWorkOnAreLeftToThem() {
    assertEquals(Integer.MAX_VALUE, Cores.left(2, 0));
    assertEquals(0, Cores.left(2, 1));
    assertEquals(0, Cores.left(2, 2));
    assertEquals(5, Cores.left(8, 2));
    int before = Cores.left();
    Cores.take();
    int meanwhile = Cores.left();
    Cores.giveBack();
    assertTrue(meanwhile < Runtime.getRuntime().availableProcessors());
    assertEquals(before, Cores.left());
  }

  @Test
  void idleThreadsLeaveAndOthersComeWhenTheyAreWanted() throws InterruptedException {
    List<Thread> started = new ArrayList<>();
    Workers hasty =
        new Workers(
            thread -> {
              started.add(thread);
              thread.start();
            },
            1);
    Crew.Task task = new Crew(3, Level.NORMAL, hasty).task((_, _) -> {});
    for (int round = 0; round < 3; round++) {
      task.run(3);
      for (Thread thread : started) {
        thread.join();
      }
      assertEquals(0, hasty.size());
    }
    assertTrue(started.size() >= 6, "started " + started);
  }

  /** A thread that is through with a part goes on with the most urgent job that is open. */
  @Test
  void urgentJobsAreServedFirst() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch opened = new CountDownLatch(2);
    AtomicBoolean release = new AtomicBoolean();
    List<Level> order = Collections.synchronizedList(new ArrayList<>());
    Thread first =
        caller(
            Level.NORMAL,
            () -> {
              begun.countDown();
              spinUntil(release);
            },
            () -> {});
    begun.await();
    Thread idle = caller(Level.IDLE, () -> order.add(Level.IDLE), opened::countDown);
    Thread high = caller(Level.HIGH, () -> order.add(Level.HIGH), opened::countDown);
    opened.await();
    release.set(true);
    for (Thread thread : List.of(first, idle, high)) {
      thread.join();
    }
    assertEquals(List.of(Level.HIGH, Level.IDLE), order);
  }

  /** Runs a job of two parts, of which the caller does not leave its own before a worker came. */
  private Thread caller(Level level, Runnable byWorker, Runnable byCaller) {
    CountDownLatch served = new CountDownLatch(1);
    AtomicReference<Thread> me = new AtomicReference<>();
    Crew.Task task =
        new Crew(2, level, workers)
            .task(
                (_, _) -> {
                  if (isCurrent(me.get())) {
                    byCaller.run();
                    await(served);
                  } else {
                    byWorker.run();
                    served.countDown();
                  }
                });
    Thread thread =
        new Thread(
            () -> {
              me.set(Thread.currentThread());
              task.run(2);
            });
    thread.start();
    return thread;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void spinUntil(AtomicBoolean flag) {
    while (!flag.get()) {
      Thread.onSpinWait();
    }
  }

  @Test
  void crewsOfManyCallersGetAllTheirPartsDone() throws InterruptedException {
    AtomicInteger parts = new AtomicInteger();
    List<Thread> callers = new ArrayList<>();
    for (Level level : Level.values()) {
      Crew.Task task = new Crew(3, level, workers).task((_, _) -> parts.incrementAndGet());
      callers.add(
          new Thread(
              () -> {
                for (int round = 0; round < 5_000; round++) {
                  task.run(3);
                }
              }));
    }
    callers.forEach(Thread::start);
    for (Thread thread : callers) {
      thread.join();
    }
    assertEquals(5 * 5_000 * 3, parts.get());
    assertEquals(2, workers.size());
  }

  @Test
  void noThreadAtAllIsRefused() {
    var e = assertThrows(IllegalArgumentException.class, () -> new Crew(0));
    assertTrue(e.getMessage().contains("expected at least 1"));
  }
}
