package io.github.millrace.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoundsTest {

  @Test
  void theMedianIsTheMiddle() {
    assertEquals(2, Rounds.median(3, 1, 2));
    assertEquals(2.5, Rounds.median(4, 1, 2, 3));
    assertEquals(7, Rounds.median(7));
  }

  @Test
  void tasksTakeTurns() {
    List<String> calls = new ArrayList<>();
    double[] seconds =
        new Rounds(0, 20_000_000, 4)
            .medianSeconds(() -> task(calls, "a", 30), () -> task(calls, "b", 60));
    String warmUp = "aaabbb";
    assertEquals(warmUp + "abababab", String.join("", calls));
    assertTrue(seconds[0] >= 0.03 && seconds[1] >= 0.06, seconds[0] + ", " + seconds[1]);
  }

  @Test
  void aShortTaskIsCalledManyTimesATurn() {
    int[] calls = {0};
    double[] seconds = new Rounds(1_000_000, 20_000_000, 3).medianSeconds(() -> calls[0]++);
    assertTrue(calls[0] > 3000, "calls: " + calls[0]);
    assertTrue(seconds[0] > 0 && seconds[0] < 1e-3, "seconds: " + seconds[0]);
  }

  private static void task(List<String> calls, String name, int millis) {
    calls.add(name);
    long end = System.nanoTime() + millis * 1_000_000L;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
