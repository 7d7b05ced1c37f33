package io.github.millrace.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.plan.Plan;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What arrays come to, which lie where the garbage collector moves them. */
public abstract class ArrayContract extends ContractRows {

  /** An array of either type, the other being null, with what the tests do to both. */
  private static final class Samples {
    private final double[] wide;
    private final float[] narrow;

    Samples(SampleType type, double[] values) {
      wide = type == SampleType.FLOAT64 ? values.clone() : null;
      narrow = type == SampleType.FLOAT32 ? new float[values.length] : null;
      for (int i = 0; narrow != null && i < values.length; i++) {
        narrow[i] = (float) values[i];
      }
    }

    Samples(SampleType type, long length) {
      this(type, new double[(int) length]);
    }

    int length() {
      return wide == null ? narrow.length : wide.length;
    }

    int forward(Plan plan, Samples to) {
      return wide == null ? plan.forward(narrow, to.narrow) : plan.forward(wide, to.wide);
    }

    double get(int i) {
      return wide == null ? narrow[i] : wide[i];
    }

    SignalBuffer wrap() {
      return wide == null ? SignalBuffer.wrap(narrow) : SignalBuffer.wrap(wide);
    }
  }

  /** Cases that read one channel and write one. */
  private static boolean isOneChannel(ContractCase test, SampleType type) {
    try {
      StreamFormat one = new StreamFormat(ContractCase.RATE, 1, type);
      return test.pipeline().output(one).planes() == 1;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Arrays in one block and in many, in place where the chain allows it, equal the oracle. */
  @TestFactory
  Stream<DynamicTest> arraysEqualTheReference() {
    return each(
        (test, type) -> {
          if (!isOneChannel(test, type)) {
            return;
          }
          StreamFormat format = new StreamFormat(ContractCase.RATE, 1, type);
          try (Plan plan = prepare(test, format)) {
            for (int frames : new int[] {0, 1, 2 * tile() + 5}) {
              requireReference(test, plan, frames, frames / 3 + 1);
            }
            requireReference(test, plan, 70_001, 70_001);
          }
        });
  }

  private static void requireReference(ContractCase test, Plan plan, int frames, int most) {
    StreamFormat format = plan.inputFormat();
    double[][] x = Rig.noise(format, frames, frames + 12L);
    double[][] expected = Oracle.run(test.pipeline(), format, x);
    double tolerance = Tolerance.of(test, format.type(), x);
    double[][] apart = {run(plan, x[0], most, false)};
    Tolerance.require(test.name() + ", arrays", expected, apart, tolerance);
    plan.reset();
    if (plan.keepsLength()) {
      double[][] inPlace = {run(plan, x[0], Math.max(1, frames), true)};
      Tolerance.require(test.name() + ", one array", expected, inPlace, tolerance);
      plan.reset();
    }
  }

  private static double[] run(Plan plan, double[] x, int most, boolean inPlace) {
    SampleType type = plan.outputFormat().type();
    double[] y = new double[(int) (plan.maxOutputFrames(x.length) + plan.flushFrames() + 100)];
    int written = 0;
    for (int from = 0; from < x.length || from == 0; from += most) {
      double[] values = Arrays.copyOfRange(x, from, Math.min(x.length, from + most));
      Samples block = new Samples(type, values);
      Samples to = inPlace ? block : new Samples(type, plan.maxOutputFrames(block.length()));
      int made = block.forward(plan, to);
      for (int i = 0; i < made; i++) {
        y[written++] = to.get(i);
      }
    }
    Samples rest = new Samples(type, plan.flushFrames());
    long made = plan.flush(rest.wrap());
    for (int i = 0; i < made; i++) {
      y[written++] = rest.get(i);
    }
    return Arrays.copyOf(y, written);
  }

  /** A stream of blocks in the same arrays allocates nothing. */
  @TestFactory
  Stream<DynamicTest> arraysAllocateNothing() {
    return each(
        (test, type) -> {
          if (!isOneChannel(test, type)) {
            return;
          }
          StreamFormat format = new StreamFormat(ContractCase.RATE, 1, type);
          try (Plan plan = prepare(test, format)) {
            Samples in = new Samples(type, Rig.noise(format, 256, 13)[0]);
            Samples out = new Samples(type, plan.maxOutputFrames(256));
            assertEquals(0, Allocation.leastBytes(() -> in.forward(plan, out), 100), test.name());
          }
        });
  }

  /** Direct FloatBuffers and those on the heap, from their position to their limit. */
  @Test
  void floatBuffersAreFilteredWhereTheyAre() {
    StreamFormat format = new StreamFormat(ContractCase.RATE, 1, SampleType.FLOAT32);
    ContractCase test = ContractCase.all().getFirst();
    float[] x = new Samples(SampleType.FLOAT32, Rig.noise(format, 500, 14)[0]).narrow;
    try (Plan plan = prepare(test, format)) {
      float[] expected = new float[400];
      plan.forward(Arrays.copyOfRange(x, 50, 450), expected);
      ByteBuffer direct = ByteBuffer.allocateDirect(2_000).order(ByteOrder.nativeOrder());
      for (FloatBuffer buffer :
          new FloatBuffer[] {FloatBuffer.allocate(500), direct.asFloatBuffer()}) {
        buffer.put(x).position(50).limit(450);
        plan.reset();
        SignalBuffer view = SignalBuffer.wrap(buffer);
        assertEquals(400, plan.forward(view, view));
        for (int i = 0; i < 400; i++) {
          assertEquals(expected[i], buffer.get(50 + i), 1e-6f);
        }
        assertEquals(x[49], buffer.get(49));
        buffer.limit(500);
        assertEquals(x[450], buffer.get(450));
      }
    }
  }

  @Test
  void wrongArraysAreRefused() {
    StreamFormat two = new StreamFormat(ContractCase.RATE, 2, SampleType.FLOAT32);
    ContractCase test = ContractCase.all().getFirst();
    float[] x = new float[64];
    double[] wide = new double[64];
    try (Plan plan = prepare(test, two)) {
      requireMessage(() -> plan.forward(x, x), "input has 1 channels, the plan reads 2");
    }
    try (Plan plan = prepare(test, two.withChannels(1))) {
      requireMessage(() -> plan.forward(wide, wide), "input is f64, the plan reads f32");
      requireMessage(() -> plan.forward(x, new float[63]), "room for 63 frames, up to 64");
      SignalBuffer view = SignalBuffer.wrap(x);
      requireMessage(() -> plan.forward(view.slice(0, 60), view.slice(4, 60)), "overlap in part");
      SignalBuffer readOnly = SignalBuffer.wrap(FloatBuffer.wrap(x).asReadOnlyBuffer());
      requireMessage(() -> plan.forward(view, readOnly), "output is read-only");
      requireMessage(
          () -> plan.forward(readOnly.slice(0, 60), view.slice(4, 60)), "overlap in part");
      plan.forward(view.slice(0, 32), view.slice(32, 32));
      FloatBuffer swapped =
          ByteBuffer.allocate(256)
              .order(
                  ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
                      ? ByteOrder.LITTLE_ENDIAN
                      : ByteOrder.BIG_ENDIAN)
              .asFloatBuffer();
      requireMessage(() -> SignalBuffer.wrap(swapped), "expected " + ByteOrder.nativeOrder());
    }
  }

  static void requireMessage(org.junit.jupiter.api.function.Executable call, String part) {
    RuntimeException e = assertThrows(RuntimeException.class, call);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
