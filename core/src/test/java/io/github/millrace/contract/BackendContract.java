package io.github.millrace.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.millrace.choice.Planner;
import io.github.millrace.design.Sos;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.plan.StageState;
import io.github.millrace.plan.Start;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every backend must do: a subclass names its backend, the tile its kernels work in, and an
 * independent probe that says why its device may be absent.
 */
public abstract class BackendContract extends SampleContract {

  /**
   * Where there are more channels that nothing mixes, they repeat after these: no power of two, as
   * strides are.
   */
  private static final int DIFFERENT = 7;

  /**
   * The whole signal, in one block and in many, equals the textbook within the tolerance. Every
   * length, and every number of channels, of each case; all their pairs over the cases.
   */
  @TestFactory
  Stream<DynamicTest> equalsTheReference() {
    int w = tile();
    int[] lengths = {0, 1, 3, w - 1, w, w + 1, 4 * w + 3};
    int[] channels = {1, 2, 7};
    AtomicInteger row = new AtomicInteger();
    return each(
        (test, type) -> {
          int shift = row.getAndIncrement();
          for (int c = 0; c < channels.length; c++) {
            int first = Math.floorMod(c - shift, channels.length);
            int[] some =
                IntStream.iterate(first, i -> i < lengths.length, i -> i + channels.length)
                    .map(i -> lengths[i])
                    .toArray();
            requireReference(test, new StreamFormat(ContractCase.RATE, channels[c], type), some);
          }
          requireReference(test, new StreamFormat(ContractCase.RATE, 300, type), w + 1);
        });
  }

  private void requireReference(ContractCase test, StreamFormat format, int... lengths) {
    try (Plan plan = prepare(test, format)) {
      for (int frames : lengths) {
        requireReference(test, plan, frames);
        plan.reset();
      }
    }
  }

  private static void requireReference(ContractCase test, Plan plan, int frames) {
    StreamFormat format = plan.inputFormat();
    int channels = format.channels();
    int different = test.keepsChannelsApart() ? Math.min(DIFFERENT, channels) : channels;
    StreamFormat few = format.withChannels(different);
    double[][] signals = Rig.noise(few, frames, 100L * frames + channels);
    double[][] x = Rig.cycle(signals, channels);
    double[][] results = Oracle.run(test.pipeline(), few, signals);
    double[][] expected = Rig.cycle(results, plan.outputFormat().planes());
    double tolerance = Tolerance.of(test, format.type(), x);
    String where = test.name() + ", " + format.channels() + " channels, " + frames + " frames";
    Tolerance.require(where + ", one block", expected, Rig.run(plan, x), tolerance);
    plan.reset();
    double[][] split = Rig.runSplit(plan, x, Math.max(1, frames / 3));
    Tolerance.require(where + ", many blocks", expected, split, tolerance);
  }

  /** After reset a plan gives the bits of a fresh one. */
  @TestFactory
  Stream<DynamicTest> resetEqualsFresh() {
    return each(
        (test, type) -> {
          StreamFormat format = new StreamFormat(ContractCase.RATE, 2, type);
          double[][] x = Rig.noise(format, tile() + 5, 3);
          try (Plan plan = prepare(test, format);
              Plan fresh = prepare(test, format)) {
            Rig.forward(plan, x, 0, 77);
            plan.reset();
            requireSame(Rig.run(fresh, x), Rig.run(plan, x));
          }
        });
  }

  /** State taken from one plan and put into another goes on where the first left off. */
  @TestFactory
  Stream<DynamicTest> stateMovesToAnotherPlan() {
    return each(
        (test, type) -> {
          StreamFormat format = new StreamFormat(ContractCase.RATE, 2, type);
          int frames = 2 * tile();
          double[][] x = Rig.noise(format, frames, 4);
          try (Plan first = prepare(test, format);
              Plan second = prepare(test, format)) {
            double[][] head = Rig.forward(first, x, 0, frames / 2 - 11);
            Rig.forward(second, x, 0, 5);
            second.restore(first.state());
            double[][] tail = Rig.forward(second, x, frames / 2 - 11, frames / 2 + 11);
            double[][] whole = Rig.join(Rig.join(head, tail), Rig.flush(second));
            double tolerance = Tolerance.of(test, type, x);
            Tolerance.require(
                test.name(), Oracle.run(test.pipeline(), format, x), whole, tolerance);
          }
        });
  }

  /** A state of the wrong size or shape is refused and changes nothing. */
  @TestFactory
  Stream<DynamicTest> foreignStateIsRefused() {
    return each(
        (test, type) -> {
          StreamFormat format = new StreamFormat(ContractCase.RATE, 2, type);
          try (Plan plan = prepare(test, format)) {
            Rig.forward(plan, Rig.noise(format, 50, 5), 0, 50);
            List<StageState> before = plan.state();
            assertEquals(test.pipeline().stages().size(), before.size());
            StageState odd = StageState.of(new int[] {1, 1}, 0.0);
            List<StageState> wrong = before.stream().map(s -> odd).toList();
            assertThrows(IllegalArgumentException.class, () -> plan.restore(wrong));
            assertThrows(IllegalArgumentException.class, () -> plan.restore(List.of()));
            assertEquals(before, plan.state());
          }
        });
  }

  /**
   * A constant that starts in the steady state comes out as a constant, from the first frame on.
   */
  @TestFactory
  Stream<DynamicTest> steadyStartLeavesAConstant() {
    return each(
        (test, type) -> {
          StreamFormat format = new StreamFormat(ContractCase.RATE, 2, type);
          Planner planner = new Planner(List.of(backend()));
          PlanOptions steady = options(test).withStart(Start.STEADY);
          if (!test.settles()) {
            assertThrows(
                IllegalArgumentException.class,
                () -> planner.prepare(test.pipeline(), format, steady));
            return;
          }
          double[][] x = {Rig.constant(3, tile() + 5), Rig.constant(-40, tile() + 5)};
          double floor = test.precision() == Precision.FAST ? 1e-2 : 1e-4;
          double tolerance = Math.max(floor, Tolerance.of(test, type, x));
          try (Plan plan = planner.prepare(test.pipeline(), format, steady)) {
            double[][] y = Rig.runSplit(plan, x, 100);
            plan.reset();
            double[][] again = Rig.forward(plan, x, 0, x[0].length);
            for (int channel = 0; channel < again.length; channel++) {
              double level = test.settled(x, channel);
              double[] expected = Rig.constant(level, again[channel].length);
              double most = tolerance * Math.abs(level);
              assertArrayEquals(expected, again[channel], most, test.name());
              assertEquals(level, y[channel][again[channel].length - 1], most);
            }
          }
        });
  }

  /**
   * A forward allocates nothing on the heap, in any thread of the plan, on any memory; of each case
   * over 1,000 calls for one of the sample types.
   */
  @TestFactory
  Stream<DynamicTest> forwardAllocatesNothing() {
    return each(
        (test, type) -> {
          int most = type == SampleType.FLOAT64 ? 1_000 : 100;
          StreamFormat format = new StreamFormat(ContractCase.RATE, 2, type);
          int frames = 256;
          try (Plan plan = prepare(test, format);
              SignalBuffer in = SignalBuffer.allocate(format, frames);
              SignalBuffer out =
                  SignalBuffer.allocate(plan.outputFormat(), plan.maxOutputFrames(frames) + 1)) {
            SignalBuffer unaligned = in.slice(1, frames - 1);
            SignalBuffer to = out.slice(1, out.frames() - 1);
            Runnable both =
                () -> {
                  plan.forward(in, out);
                  plan.forward(unaligned, to);
                };
            assertEquals(0, Allocation.leastBytes(both, most), test.name());
          }
        });
  }

  /** Chains that keep the length may write where they read. */
  @TestFactory
  Stream<DynamicTest> inPlaceEqualsApart() {
    return each(
        (test, type) -> {
          StreamFormat format = new StreamFormat(ContractCase.RATE, 2, type);
          int frames = 3 * tile() + 1;
          double[][] x = Rig.noise(format, frames, 7);
          try (Plan plan = prepare(test, format);
              SignalBuffer both = SignalBuffer.ofPlanar(x);
              SignalBuffer buffer = SignalBuffer.allocate(format, frames)) {
            for (int p = 0; p < 2; p++) {
              for (int i = 0; i < frames; i++) {
                buffer.set(p, i, both.get(p, i));
              }
            }
            if (!plan.keepsLength()) {
              assertThrows(
                  IllegalArgumentException.class, () -> plan.forward(buffer, buffer), test.name());
              return;
            }
            double[][] apart = Rig.forward(plan, x, 0, frames);
            plan.reset();
            plan.forward(buffer, buffer);
            for (int p = 0; p < 2; p++) {
              assertArrayEquals(apart[p], buffer.toDoubles(p), test.name());
            }
          }
        });
  }

  /** A constant a thousand times the signal, and a pole on the unit circle. */
  @Test
  void largeOffsetAndPoleAtOne() {
    Sos integrator = Sos.of(new double[][] {{1e-3, 0, 0, 1, -1, 0}});
    for (SampleType type : SampleType.values()) {
      StreamFormat format = new StreamFormat(ContractCase.RATE, 2, type);
      double[][] x = Rig.noise(format, 4 * tile() + 3, 8);
      for (double[] channel : x) {
        Arrays.setAll(channel, i -> channel[i] + 1000);
      }
      for (ContractCase test :
          Stream.concat(
                  Stream.of(ContractCase.cascade("pole at 1", integrator)),
                  ContractCase.all().stream().filter(c -> !c.cascades().isEmpty()))
              .filter(c -> refusal(c).isEmpty())
              .toList()) {
        double[][] signal = Rig.rounded(format, x);
        try (Plan plan = prepare(test, format)) {
          double tolerance = Tolerance.of(test, type, signal);
          double[][] expected = Oracle.run(test.pipeline(), format, signal);
          Tolerance.require(test.name(), expected, Rig.run(plan, signal), tolerance);
        }
      }
    }
  }

  /** Wrong buffers and a plan in the wrong phase are refused with what was expected. */
  @Test
  void misuseIsRefused() {
    StreamFormat format = new StreamFormat(ContractCase.RATE, 2, SampleType.FLOAT32);
    ContractCase test = ContractCase.all().getFirst();
    try (SignalBuffer two = SignalBuffer.allocate(SampleType.FLOAT32, 2, 64);
        SignalBuffer three = SignalBuffer.allocate(SampleType.FLOAT32, 3, 64);
        SignalBuffer wide = SignalBuffer.allocate(SampleType.FLOAT64, 2, 64)) {
      Plan plan = prepare(test, format);
      SignalBuffer shorter = two.slice(0, 10);
      requireMessage(() -> plan.forward(three, two), "input has 3 channels, the plan reads 2");
      requireMessage(() -> plan.forward(two, three), "output has 3 channels, the plan writes 2");
      requireMessage(() -> plan.forward(wide, two), "input is f64, the plan reads f32");
      requireMessage(() -> plan.forward(two, wide), "output is f64, the plan writes f32");
      requireMessage(() -> plan.forward(two, shorter), "room for 10 frames, up to 64");
      requireMessage(() -> plan.forward(two.slice(0, 60), two.slice(4, 60)), "overlap in part");
      for (long absurd : new long[] {Long.MAX_VALUE, 1L << 60, Long.MAX_VALUE / 8 - 512}) {
        assertThrows(OutOfMemoryError.class, () -> plan.allocate(format, absurd));
      }
      plan.forward(two.slice(0, 32), two.slice(32, 32));
      plan.flush(two);
      requireMessage(() -> plan.forward(two, two), "call reset");
      plan.close();
      plan.close();
      requireMessage(() -> plan.forward(two, two), "the plan is closed");
    }
  }

  /** What the backend says it refuses, it refuses at prepare; what it accepts, it prepares. */
  @Test
  void refusalsAreTrue() {
    StreamFormat format = new StreamFormat(ContractCase.RATE, 2, SampleType.FLOAT32);
    for (Precision precision : Precision.values()) {
      for (ContractCase test : ContractCase.all()) {
        PlanOptions asked = options().withPrecision(precision);
        Planner planner = new Planner(List.of(backend()));
        if (planner.candidates(test.pipeline(), format, asked).getFirst().refusal().isEmpty()) {
          planner.prepare(test.pipeline(), format, asked).close();
        } else {
          assertThrows(
              BackendException.class, () -> planner.prepare(test.pipeline(), format, asked));
        }
      }
    }
  }

  private static void requireSame(double[][] expected, double[][] actual) {
    assertEquals(expected.length, actual.length);
    for (int p = 0; p < expected.length; p++) {
      assertArrayEquals(expected[p], actual[p], "plane " + p);
    }
  }
}
