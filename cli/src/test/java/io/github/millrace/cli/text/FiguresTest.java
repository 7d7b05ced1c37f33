package io.github.millrace.cli.text;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FiguresTest {

  @Test
  void countsHaveCommas() {
    assertEquals("0", Figures.count(0));
    assertEquals("999", Figures.count(999));
    assertEquals("-1,000", Figures.count(-1000));
    assertEquals("28,800,000", Figures.count(28_800_000));
  }

  @Test
  void numbersKeepThreeDigits() {
    assertEquals("0.123", Figures.rounded(0.1234));
    assertEquals("1.23", Figures.rounded(1.234));
    assertEquals("12.3", Figures.rounded(12.34));
    assertEquals("2,857", Figures.rounded(2857.3));
    assertEquals("n/a", Figures.rounded(Double.NaN));
    assertEquals("n/a", Figures.rounded(Double.POSITIVE_INFINITY));
  }

  /** Also of ties, carries, the largest and the smallest. */
  @Test
  void fixedEqualsBigDecimal() {
    SplittableRandom random = new SplittableRandom(1);
    List<Double> values =
        new ArrayList<>(List.of(0.0, -0.0, 0.5, 1.5, -0.005, 0.285, 9.995, 99.5, 1e-9, 1e-300));
    values.addAll(List.of(1e7, 1.25e16, 123_456_789_012.5, Double.MAX_VALUE));
    for (int i = 0; i < 20_000; i++) {
      values.add((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-12, 18)));
      values.add(random.nextInt(-5_000, 5_000) / 1000.0);
    }
    for (double value : values) {
      for (int decimals = 0; decimals < 5; decimals++) {
        BigDecimal exact = BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP);
        assertEquals(exact.toPlainString(), Figures.fixed(value, decimals), "of " + value);
      }
    }
  }

  @Test
  void shortestDropsThePoint() {
    assertEquals("44100", Figures.shortest(44100));
    assertEquals("0.5", Figures.shortest(0.5));
  }

  @Test
  void levelsOfSilence() {
    assertEquals("-inf dB", Figures.decibels(Double.NEGATIVE_INFINITY));
    assertEquals("-6.02 dB", Figures.decibels(-6.0206));
  }

  @Test
  void sizesHaveBinaryUnits() {
    assertEquals("100 bytes", Figures.bytes(100));
    assertEquals("4.0 MiB", Figures.bytes(4 << 20));
    assertEquals("1.5 GiB", Figures.bytes(3L << 29));
  }

  @Test
  void clocksCountHours() {
    assertEquals("0:00", Figures.clock(0.4));
    assertEquals("10:00", Figures.clock(600));
    assertEquals("1:00:01", Figures.clock(3601));
    assertEquals("-:--", Figures.clock(Double.NaN));
  }
}
