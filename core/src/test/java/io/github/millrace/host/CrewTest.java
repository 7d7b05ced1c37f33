package io.github.millrace.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicIntegerArray;
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

  /** A thread that has only just been started comes late to a part that takes no time. */
  @Test
  void whatNobodyHasBegunTheCallerDoes() {
    AtomicIntegerArray byCaller = new AtomicIntegerArray(1);
    Thread caller = Thread.currentThread();
    for (int i = 0; i < 200; i++) {
      try (Crew crew = new Crew(2)) {
        crew.run((part, _) -> byCaller.addAndGet(0, part == 1 && isCaller(caller) ? 1 : 0), 2);
      }
    }
    assertTrue(byCaller.get(0) > 0);
  }

  private static boolean isCaller(Thread caller) {
    return Thread.currentThread().equals(caller);
  }

  @Test
  void longPartsAreShared() {
    AtomicIntegerArray byWorker = new AtomicIntegerArray(1);
    Thread caller = Thread.currentThread();
    try (Crew crew = new Crew(2)) {
      for (int i = 0; i < 20; i++) {
        crew.run(
            (part, _) -> {
              long end = System.nanoTime() + 5_000_000;
              while (System.nanoTime() < end) {
                Thread.onSpinWait();
              }
              byWorker.addAndGet(0, isCaller(caller) ? 0 : 1);
            },
            2);
      }
    }
    assertTrue(byWorker.get(0) > 0);
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
    try (Crew crew = new Crew(3)) {
      crew.run((_, _) -> {}, 3);
    }
    for (int i = 0; i < 500 && living() > 0; i++) {
      Thread.sleep(10);
    }
    assertEquals(0, living());
  }

  private static long living() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.getName().startsWith("millrace-"))
        .count();
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
