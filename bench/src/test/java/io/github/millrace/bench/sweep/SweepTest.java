package io.github.millrace.bench.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.bench.Rounds;
import io.github.millrace.choice.Backends;
import io.github.millrace.plan.DeviceDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A sweep measures what it should, once, and nothing that is wrong. */
class SweepTest {

  private static final Effort BLINK = new Effort(0, new Rounds(0, 1000, 3, 1_000_000), 2, 0);
  private static final long ROOM = 1L << 30;

  private static final SweepGrid TINY =
      new SweepGrid(
          List.of(Arithmetic.values()), List.of(1, 2), List.of(1, 3), List.of(32L, 500L), 1000);

  private final List<SweepPoint> measured = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private final List<String> failed = new ArrayList<>();

  private final SweepListener ear =
      new SweepListener() {
        @Override
        public void begins(SweepCurve curve, long frames, double done) {
          assertTrue(done >= 0 && done <= 1, () -> "done: " + done);
        }

        @Override
        public void measured(SweepPoint point) {
          measured.add(point);
        }

        @Override
        public void skipped(SweepCurve curve, String reason) {
          skipped.add(curve.backend() + " " + curve.arithmetic() + " " + reason);
        }

        @Override
        public void failed(SweepCurve curve, String reason) {
          failed.add(curve.backend() + " " + reason);
        }
      };

  private static Sweep sweep(String... names) {
    List<DeviceDescription> devices =
        Backends.devices().stream()
            .filter(d -> List.of(names).contains(d.backend() + ":" + d.name()))
            .toList();
    assertEquals(names.length, devices.size());
    return new Sweep(TINY, BLINK, devices, ROOM);
  }

  private static String javaDevice() {
    return Backends.devices().stream()
        .filter(device -> device.backend().equals("java"))
        .map(device -> "java:" + device.name())
        .findFirst()
        .orElseThrow();
  }

  @Test
  void everyPointIsMeasuredOnce() {
    Sweep sweep = sweep(javaDevice());
    assertTrue(sweep.run(ear, () -> false));
    assertEquals(measured.size(), sweep.points().size());
    assertEquals(4, skipped.size(), skipped::toString);
    assertTrue(skipped.getFirst().contains("java:0 FLOAT32"), skipped::toString);
    assertEquals(List.of(), failed);
    List<SweepPoint> own = measured.stream().filter(p -> p.curve().sections() > 0).toList();
    // 2 K; 32 and 500 frames of 1 channel, 32 of 3: 3 times 500 are too many.
    assertEquals(6, own.size());
    for (SweepPoint point : own) {
      assertFalse(point.hasParallel(), "java has one path");
      assertTrue(point.frames() * point.curve().channels() <= 1000);
      assertTrue(point.samplesPerSecond() > 1e4, point::toString);
    }
  }

  @Test
  void whatIsKnownIsNotMeasuredAgain() {
    Sweep first = sweep(javaDevice());
    AtomicInteger asked = new AtomicInteger();
    assertFalse(first.run(ear, () -> asked.incrementAndGet() > 4));
    assertEquals(4, measured.size());
    measured.clear();
    Sweep second = sweep(javaDevice());
    second.resume(first.points());
    assertTrue(second.run(ear, () -> false));
    assertEquals(second.points().size() - 4, measured.size());
    assertTrue(second.points().containsAll(first.points()));
  }

  @Test
  void aWrongOutputIsNoPoint() {
    Sweep sweep = sweep("faulty:SLIGHT");
    assertTrue(sweep.run(ear, () -> false));
    assertTrue(failed.stream().anyMatch(f -> f.contains("differs from the Java reference")));
    assertTrue(measured.stream().allMatch(p -> p.curve().isMemcpy() || isFloat32(p)));
  }

  /** An error of one part in two million is within what float32 arithmetic may do. */
  private static boolean isFloat32(SweepPoint point) {
    return point.curve().arithmetic() == Arithmetic.FLOAT32;
  }

  @Test
  void theTimeLimitIsKept() {
    Effort hurried = new Effort(0, BLINK.rounds(), 1, 1);
    Sweep sweep = new Sweep(TINY, hurried, List.of(), ROOM);
    assertFalse(sweep.run(ear, () -> false));
  }

  @Test
  void buffersStayWithinTheirRoom() {
    SweepCurve curve = new SweepCurve("java:0", "", Arithmetic.FLOAT64, 1, 64);
    List<Long> all = SweepGrid.FULL.lengths(curve, Long.MAX_VALUE);
    assertEquals(1L << 19, all.getLast());
    List<Long> fit = SweepGrid.FULL.lengths(curve, 2L * 8 * 64 * 1000);
    assertEquals(512, fit.getLast());
    assertEquals(32, SweepGrid.FULL.frames().getFirst());
    assertEquals(1L << 24, SweepGrid.FULL.frames().getLast());
    assertEquals(20, SweepGrid.FULL.frames().size());
  }
}
