package io.github.millrace.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Backend;
import io.github.millrace.choice.Planner;
import io.github.millrace.design.Band;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Start;
import io.github.millrace.signal.PlanarLayout;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every backend with memory of its own keeps to in buffers that lie there. */
public abstract class ResidenceContract {

  private static final StreamFormat FORMAT = new StreamFormat(48_000, 3, SampleType.FLOAT32);
  private static final int FRAMES = 70_001;
  private static final Pipeline CHAIN =
      Pipeline.of(Iir.butterworth(4, Band.low(3_000)), new Gain(0.5), Fir.of(1, 0.5, 0.25));

  /** The backend under test. */
  protected abstract Backend backend();

  /** Why this machine has none, or empty. */
  protected abstract Optional<String> absence();

  /** What has been copied to the device and from it so far, where the backend under test counts. */
  protected abstract long copies();

  /** Memory of so many bytes that another library has on the device of a plan. */
  protected abstract long foreign(long bytes);

  /** Frees it. */
  protected abstract void free(long handle);

  @BeforeEach
  void needsADevice() {
    absence().ifPresent(Assumptions::abort);
  }

  private Plan prepare(Pipeline pipeline) {
    return prepare(pipeline, PlanOptions.DEFAULTS);
  }

  private Plan prepare(Pipeline pipeline, PlanOptions options) {
    return prepare(pipeline, FORMAT, options);
  }

  private Plan prepare(Pipeline pipeline, StreamFormat format, PlanOptions options) {
    return new Planner(List.of(backend())).prepare(pipeline, format, options);
  }

  private static SignalBuffer noise(int frames) {
    return narrowed(Rig.noise(FORMAT, frames, 5));
  }

  private static SignalBuffer narrowed(double[][] planes) {
    SignalBuffer buffer = SignalBuffer.allocate(FORMAT, planes[0].length);
    for (int plane = 0; plane < planes.length; plane++) {
      for (int i = 0; i < planes[plane].length; i++) {
        buffer.set(plane, i, planes[plane][i]);
      }
    }
    return buffer;
  }

  private static SignalBuffer host(SignalBuffer device) {
    SignalBuffer host = SignalBuffer.allocate(device.type(), device.planes(), device.frames());
    host.copyFrom(device);
    return host;
  }

  private static void requireEqual(SignalBuffer expected, SignalBuffer actual) {
    for (int plane = 0; plane < expected.planes(); plane++) {
      assertArrayEquals(expected.toFloats(plane), actual.toFloats(plane));
    }
  }

  private static SignalBuffer filtered(Plan plan, SignalBuffer in) {
    SignalBuffer out = SignalBuffer.allocate(FORMAT, in.frames());
    plan.forward(in, out);
    plan.reset();
    return out;
  }

  /** From there and to there, from the host, to the host: the same bits, and nothing moves. */
  @Test
  void forwardFromAndToTheDevice() {
    try (Plan plan = prepare(CHAIN);
        SignalBuffer x = noise(FRAMES);
        SignalBuffer in = plan.allocateOnDevice(FORMAT, FRAMES);
        SignalBuffer out = plan.allocateOnDevice(FORMAT, FRAMES);
        SignalBuffer back = SignalBuffer.allocate(FORMAT, FRAMES)) {
      final SignalBuffer expected = filtered(plan, x);
      assertTrue(in.isOnDevice());
      in.copyFrom(x);
      requireEqual(x, host(in));
      long before = copies();
      assertEquals(FRAMES, plan.forward(in, out));
      assertEquals(before, copies());
      requireEqual(expected, host(out));
      requireEqual(x, host(in));
      plan.reset();
      plan.forward(in, back);
      requireEqual(expected, back);
      plan.reset();
      plan.forward(x, out);
      requireEqual(expected, host(out));
    }
  }

  @Test
  void inPlace() {
    for (Pipeline pipeline :
        new Pipeline[] {CHAIN, Pipeline.of(Iir.butterworth(4, Band.low(900)))}) {
      try (Plan plan = prepare(pipeline);
          SignalBuffer x = noise(FRAMES);
          SignalBuffer both = plan.allocateOnDevice(FORMAT, FRAMES)) {
        SignalBuffer expected = filtered(plan, x);
        both.copyFrom(x);
        plan.forward(both, both);
        requireEqual(expected, host(both));
      }
    }
  }

  /** A stream in pieces that lie anywhere in buffers, the last with what the plan still holds. */
  @Test
  void slices() {
    try (Plan plan = prepare(CHAIN);
        SignalBuffer x = noise(FRAMES);
        SignalBuffer in = plan.allocateOnDevice(FORMAT, FRAMES + 7);
        SignalBuffer out = plan.allocateOnDevice(FORMAT, FRAMES + 7)) {
      SignalBuffer whole = plan.allocateOnDevice(FORMAT, FRAMES);
      whole.copyFrom(x);
      plan.forward(whole, whole);
      SignalBuffer expected = host(whole);
      whole.close();
      plan.reset();
      in.slice(7, FRAMES).copyFrom(x);
      for (int at = 0; at < FRAMES; ) {
        int count = Math.min(at % 977 + 1, FRAMES - at);
        plan.forward(in.slice(7 + at, count), out.slice(3 + at, count));
        at += count;
      }
      double[] y = host(out.slice(3, FRAMES)).toDoubles(2);
      assertArrayEquals(expected.toDoubles(2), y, 1e-6);
      assertThrows(IndexOutOfBoundsException.class, () -> in.slice(8, FRAMES));
    }
  }

  /** The output of one plan is the input of the next, and outlives the plan that gave it. */
  @Test
  void handedOnToAnotherPlan() {
    Pipeline second = Pipeline.of(Iir.butterworth(2, Band.high(200)));
    try (Plan next = prepare(second);
        SignalBuffer x = noise(FRAMES)) {
      SignalBuffer between;
      SignalBuffer expected;
      try (Plan first = prepare(CHAIN)) {
        expected = filtered(next, filtered(first, x));
        between = first.allocateOnDevice(FORMAT, FRAMES);
        first.forward(x, between);
      }
      try (between;
          SignalBuffer out = next.allocateOnDevice(FORMAT, FRAMES)) {
        long before = copies();
        next.forward(between, out);
        assertEquals(before, copies());
        requireEqual(expected, host(out));
      }
      assertThrows(IllegalStateException.class, () -> host(between));
      assertThrows(IllegalStateException.class, () -> next.forward(between, x));
    }
  }

  @Test
  void steadyStart() {
    try (Plan plan = prepare(CHAIN, PlanOptions.DEFAULTS.withStart(Start.STEADY));
        SignalBuffer x = noise(100);
        SignalBuffer in = plan.allocateOnDevice(FORMAT, 100)) {
      SignalBuffer expected = filtered(plan, x);
      in.copyFrom(x);
      plan.forward(in, in);
      requireEqual(expected, host(in));
    }
  }

  /** Arrays, halves of one buffer, and places on the device; what has another shape is refused. */
  @Test
  void copiesBothWays() {
    try (Plan plan = prepare(CHAIN);
        SignalBuffer x = noise(FRAMES);
        SignalBuffer a = plan.allocateOnDevice(FORMAT, FRAMES);
        SignalBuffer b = plan.allocateOnDevice(FORMAT, FRAMES)) {
      a.copyFrom(x);
      b.copyFrom(a);
      requireEqual(x, host(b));
      b.slice(0, 30_000).copyFrom(a.slice(40_000, 30_000));
      requireEqual(x.slice(40_000, 30_000), host(b.slice(0, 30_000)));
      b.copyFrom(b);
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> a.copyFrom(x.slice(0, 10)));
      assertTrue(e.getMessage().contains("[3 x 10 f32] to SignalBuffer[3 x 70001 f32"));
    }
    StreamFormat mono = new StreamFormat(48_000, 1, SampleType.FLOAT64);
    double[] array = Rig.noise(mono, 300_000, 1)[0];
    try (Plan plan = prepare(CHAIN, mono, PlanOptions.DEFAULTS);
        SignalBuffer there = plan.allocateOnDevice(mono, array.length)) {
      there.copyFrom(SignalBuffer.wrap(array));
      double[] back = new double[array.length];
      SignalBuffer.wrap(back).copyFrom(there);
      assertArrayEquals(array, back);
    }
  }

  /** From an array to the device and back, and what the plan still holds at the end. */
  @Test
  void arraysAndTheEndOfAStream() {
    StreamFormat mono = new StreamFormat(48_000, 1, SampleType.FLOAT32);
    Pipeline late = Pipeline.of(Iir.butterworth(2, Band.low(900)), Delay.ofFrames(700));
    float[] x = new float[5_000];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) Math.sin(i);
    }
    try (Plan plan = prepare(late, mono, PlanOptions.DEFAULTS);
        SignalBuffer there = plan.allocateOnDevice(mono, x.length);
        SignalBuffer rest = plan.allocateOnDevice(mono, plan.flushFrames())) {
      float[] expected = new float[x.length];
      plan.forward(SignalBuffer.wrap(x), SignalBuffer.wrap(expected));
      SignalBuffer end = SignalBuffer.allocate(mono, plan.flushFrames());
      long frames = plan.flush(end);
      plan.reset();
      plan.forward(SignalBuffer.wrap(x), there);
      assertArrayEquals(expected, host(there).toFloats(0));
      assertEquals(frames, plan.flush(rest));
      assertArrayEquals(end.toFloats(0), host(rest).toFloats(0));
      plan.reset();
      there.copyFrom(SignalBuffer.wrap(x));
      float[] back = new float[x.length];
      plan.forward(there, SignalBuffer.wrap(back));
      assertArrayEquals(expected, back);
      there.slice(0, 0).copyFrom(there.slice(3, 0));
      there.slice(0, 0).copyFrom(SignalBuffer.wrap(new float[0]));
      SignalBuffer.allocate(mono, 0).copyFrom(there.slice(0, 0));
      assertEquals(0, plan.forward(there.slice(0, 0), there.slice(0, 0)));
    }
  }

  /** Another library's memory is read and written where it lies, and stays the other's. */
  @Test
  void memoryOfAnotherLibrary() {
    PlanarLayout layout = PlanarLayout.packed(SampleType.FLOAT32, 3, FRAMES);
    try (Plan plan = prepare(CHAIN);
        SignalBuffer x = noise(FRAMES)) {
      SignalBuffer expected = filtered(plan, x);
      assertTrue(plan.deviceContext() != 0);
      long handle = foreign(layout.byteSize());
      for (int twice = 0; twice < 2; twice++) {
        try (SignalBuffer both = plan.wrapOnDevice(handle, layout)) {
          both.copyFrom(x);
          plan.forward(both, both);
          requireEqual(expected, host(both));
          plan.reset();
        }
      }
      IllegalArgumentException room =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  plan.wrapOnDevice(
                      handle, PlanarLayout.packed(SampleType.FLOAT32, 3, FRAMES + 1)));
      assertTrue(room.getMessage().contains("bytes, the layout needs "), room.getMessage());
      free(handle);
      for (long wrong : new long[] {0, 8, -1, 12345, x.segment().address(), plan.deviceContext()}) {
        assertThrows(IllegalArgumentException.class, () -> plan.wrapOnDevice(wrong, layout));
      }
      requireEqual(expected, filtered(plan, x));
    }
    try (Plan java = CHAIN.prepare(FORMAT, PlanOptions.DEFAULTS.withBackend("java"))) {
      assertThrows(IllegalArgumentException.class, () -> java.wrapOnDevice(8, layout));
      assertEquals(0, java.deviceContext());
    }
  }

  /** Who asks for samples where they are not is told where they are. */
  @Test
  void misuseIsRefused() {
    try (Plan plan = prepare(CHAIN);
        Plan java = CHAIN.prepare(FORMAT, PlanOptions.DEFAULTS.withBackends("java"));
        SignalBuffer x = noise(10);
        SignalBuffer there = plan.allocateOnDevice(FORMAT, 10)) {
      String name = plan.device().name();
      for (Runnable use :
          new Runnable[] {
            there::segment,
            () -> there.plane(0),
            () -> there.get(0, 0),
            () -> there.set(0, 0, 1),
            () -> there.toDoubles(0),
            there::toInterleavedFloats
          }) {
        IllegalStateException e = assertThrows(IllegalStateException.class, use::run);
        assertTrue(e.getMessage().contains(name), e.getMessage());
      }
      IllegalArgumentException in =
          assertThrows(IllegalArgumentException.class, () -> java.forward(there, x));
      assertTrue(in.getMessage().startsWith("input lies in the memory of " + name));
      IllegalArgumentException out =
          assertThrows(IllegalArgumentException.class, () -> java.forward(x, there));
      assertTrue(out.getMessage().startsWith("output lies in the memory of " + name));
      assertFalse(java.allocateOnDevice(FORMAT, 10).isOnDevice());
      assertThrows(
          IllegalArgumentException.class, () -> plan.forward(there.slice(0, 6), there.slice(1, 6)));
      assertThrows(IllegalArgumentException.class, () -> plan.forward(there, there.slice(0, 9)));
      assertEquals(10, plan.forward(x, there));
    }
  }
}
