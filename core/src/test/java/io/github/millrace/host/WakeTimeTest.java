package io.github.millrace.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WakeTimeTest {

  private final WakeTime wake = new WakeTime();

  @Test
  void aShortTimeIsBelievedAtOnce() {
    wake.took(2_000);
    assertEquals(2_000, wake.nanos());
  }

  @Test
  void aLongTimeCountsLittle() {
    wake.took(2_000);
    wake.took(10_000_000);
    assertEquals(2_000 + 198_000 / 8, wake.nanos());
  }

  @Test
  void longTimesAreBelievedInTheEnd() {
    for (int i = 0; i < 100; i++) {
      wake.took(150_000);
    }
    assertTrue(wake.nanos() > 149_000, () -> "believes " + wake.nanos());
  }

  /** A bad start, such as a core that compilers take, is not for ever. */
  @Test
  void whatSeemedTooDearIsTriedAgain() {
    wake.took(2_000);
    for (int i = 0; i < 100; i++) {
      wake.took(150_000);
    }
    for (int i = 0; i < 1_000; i++) {
      wake.refused();
    }
    assertTrue(wake.nanos() < 6_000, () -> "believes " + wake.nanos());
  }

  @Test
  void refusalsGoNoLowerThanTheShortestTime() {
    wake.took(20_000);
    for (int i = 0; i < 10_000; i++) {
      wake.refused();
    }
    assertEquals(20_000, wake.nanos());
  }

  @Test
  void aClockThatStoodStillIsNoZero() {
    wake.took(0);
    assertEquals(1, wake.nanos());
  }
}
