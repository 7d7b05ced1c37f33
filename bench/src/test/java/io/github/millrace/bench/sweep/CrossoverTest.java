package io.github.millrace.bench.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Curves whose crossing is known. */
class CrossoverTest {

  private static final SweepCurve CURVE = new SweepCurve("java:0", "", Arithmetic.FLOAT64, 1, 1);

  private static final int ROUNDS = 9;

  /** Sequential n, parallel crossing * (n / crossing)^0.5, each with noise of so many parts. */
  private static List<SweepPoint> curve(double crossing, double noise) {
    SplittableRandom random = new SplittableRandom(1);
    List<SweepPoint> points = new ArrayList<>();
    for (long frames = 32; frames <= 1 << 16; frames *= 4) {
      List<Double> sequential = new ArrayList<>();
      List<Double> parallel = new ArrayList<>();
      for (int i = 0; i < ROUNDS; i++) {
        sequential.add(frames * (1 + noise * random.nextDouble()));
        parallel.add(Math.sqrt(frames * crossing) * (1 + noise * random.nextDouble()));
      }
      points.add(new SweepPoint(CURVE, frames, sequential, parallel, 0));
    }
    return points;
  }

  @Test
  void powersCrossWhereTheyDo() {
    for (double frames : new double[] {40, 700, 2048, 30_000}) {
      Crossover crossover = Crossover.of(curve(frames, 0));
      assertEquals(frames, crossover.frames(), 1e-6 * frames);
      assertEquals(frames, crossover.low(), 1e-6 * frames);
      assertEquals(frames, crossover.high(), 1e-6 * frames);
      assertFalse(crossover.isOpen());
    }
  }

  @Test
  void alwaysAndNever() {
    assertEquals(new Crossover(0, 0, 0), Crossover.of(curve(10, 0)));
    double never = Crossover.NEVER;
    assertEquals(new Crossover(never, never, never), Crossover.of(curve(1e6, 0)));
  }

  @Test
  void theIntervalGrowsWithTheNoiseAndHoldsTheTruth() {
    Crossover calm = Crossover.of(curve(2048, 0.05));
    Crossover wild = Crossover.of(curve(2048, 0.5));
    for (Crossover crossover : List.of(calm, wild)) {
      assertTrue(crossover.low() <= 2048 && 2048 <= crossover.high(), crossover::toString);
      assertTrue(crossover.low() <= crossover.frames() && crossover.frames() <= crossover.high());
    }
    assertTrue(wild.high() / wild.low() > 1.5 * calm.high() / calm.low(), wild::toString);
  }

  @Test
  void whatIsAllNoiseIsOpen() {
    List<SweepPoint> noise = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(2);
    for (long frames = 32; frames <= 1 << 16; frames *= 4) {
      List<Double> a = random.doubles(ROUNDS, 1, 2).boxed().toList();
      List<Double> b = random.doubles(ROUNDS, 1, 2).boxed().toList();
      noise.add(new SweepPoint(CURVE, frames, a, b, 0));
    }
    assertTrue(Crossover.of(noise).isOpen());
  }

  @Test
  void oneOddPointDoesNotMoveIt() {
    List<SweepPoint> points = curve(200, 0);
    int last = points.size() - 2;
    SweepPoint odd = points.get(last);
    List<Double> slow = odd.sequential().stream().map(seconds -> 2 * seconds).toList();
    points.set(last, new SweepPoint(CURVE, odd.frames(), odd.sequential(), slow, 0));
    assertEquals(200, Crossover.of(points).frames(), 1e-3);
  }

  @Test
  void roundsMustBePairs() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new SweepPoint(CURVE, 1, List.of(1.0, 2.0), List.of(1.0), 0));
    assertThrows(
        IllegalArgumentException.class, () -> new SweepPoint(CURVE, 1, List.of(), List.of(), 0));
  }
}
