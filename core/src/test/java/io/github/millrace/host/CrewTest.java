package io.github.millrace.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CrewTest {

  @Test
  void everyPartRunsOnceInEveryJob() {
    try (Crew crew = new Crew(5)) {
      AtomicIntegerArray runs = new AtomicIntegerArray(5);
      for (int i = 0; i < 20_000; i++) {
        crew.run((part, parts) -> runs.addAndGet(part, parts), 5);
      }
      for (int part = 0; part < 5; part++) {
        assertEquals(5 * 20_000, runs.get(part));
      }
    }
  }

  @Test
  void fewerPartsThanThreads() {
    try (Crew crew = new Crew(4)) {
      AtomicIntegerArray runs = new AtomicIntegerArray(4);
      crew.run((part, parts) -> runs.addAndGet(part, parts), 2);
      crew.run((part, parts) -> runs.addAndGet(part, parts), 1);
      assertEquals(3, runs.get(0));
      assertEquals(2, runs.get(1));
      assertEquals(0, runs.get(2));
    }
  }

  /** Threads that the system lets begin after the job, and threads that it never does. */
  @Test
  void whatNobodyHasBegunTheCallerDoes() {
    AtomicIntegerArray byCaller = new AtomicIntegerArray(3);
    Thread caller = Thread.currentThread();
    List<Thread> late = new ArrayList<>();
    try (Crew crew = new Crew(3, late::add)) {
      for (int i = 0; i < 100; i++) {
        crew.run((part, _) -> byCaller.addAndGet(part, isCaller(caller) ? 1 : 0), 3);
      }
      late.getFirst().start();
      crew.run((_, _) -> {}, 3);
    }
    assertEquals(2, late.size());
    assertEquals("[100, 100, 100]", byCaller.toString());
  }

  private static boolean isCaller(Thread caller) {
    return Thread.currentThread().equals(caller);
  }

  /** Each part waits for the others, so that no thread can do two. */
  @Test
  void longPartsAreShared() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CyclicBarrier all = new CyclicBarrier(3);
    try (Crew crew = new Crew(3)) {
      for (int i = 0; i < 20; i++) {
        crew.run(
            (_, _) -> {
              threads.add(Thread.currentThread());
              meet(all);
            },
            3);
      }
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
    try (Crew crew = new Crew(3)) {
      for (int bad = 0; bad < 3; bad++) {
        int failing = bad;
        var e =
            assertThrows(
                IllegalArgumentException.class,
                () -> crew.run((part, _) -> failAt(part, failing), 3));
        assertEquals("part " + failing, e.getMessage());
      }
      AtomicIntegerArray runs = new AtomicIntegerArray(3);
      crew.run((part, _) -> runs.incrementAndGet(part), 3);
      assertEquals("[1, 1, 1]", runs.toString());
    }
  }

  private static void failAt(int part, int failing) {
    if (part == failing) {
      throw new IllegalArgumentException("part " + part);
    }
  }

  @Test
  void closedCrewLeavesNoThread() throws InterruptedException {
    List<Thread> started = new ArrayList<>();
    Consumer<Thread> starter =
        thread -> {
          started.add(thread);
          thread.start();
        };
    try (Crew crew = new Crew(3, starter)) {
      crew.run((_, _) -> {}, 3);
    }
    assertEquals(2, started.size());
    for (Thread thread : started) {
      thread.join();
    }
  }

  @Test
  void threadsStartWhenTheyAreHired() {
    try (Crew crew = new Crew(4)) {
      assertEquals(1, crew.hired());
      assertEquals(1, crew.hire(0));
      assertEquals(3, crew.hire(3));
      assertEquals(3, crew.hired());
      assertEquals(4, crew.hire(300));
      assertEquals(4, crew.size());
    }
  }

  @Test
  void noThreadAtAllIsRefused() {
    var e = assertThrows(IllegalArgumentException.class, () -> new Crew(0));
    assertTrue(e.getMessage().contains("expected at least 1"));
  }
}
