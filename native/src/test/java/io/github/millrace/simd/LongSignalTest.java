package io.github.millrace.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Backend;
import io.github.millrace.choice.Planner;
import io.github.millrace.cpu.JavaBackend;
import io.github.millrace.design.Band;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.PlanarLayout;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.Stage;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Signals of more than 2^31 frames, and channels that lie so far apart. */
@EnabledOnOs(OS.LINUX)
class LongSignalTest {

  private static final long LIMIT = 1L << 31;
  private static final long FRAMES = LIMIT + 1_000_003;

  /** What is looked at: this many frames at the start, and all from this many before the limit. */
  private static final int NEAR = 1 << 20;

  private static final int CHANNELS = 3;
  private static final StreamFormat MONO = new StreamFormat(48_000, 1, SampleType.FLOAT32);

  @BeforeEach
  void requireLibrary() {
    NativeLibrary library = NativeLibrary.get();
    Assumptions.assumeTrue(library.isLoaded(), library.reason());
  }

  /**
   * One call of one thread on 2^31 frames and more, silent but for noise at the start, around the
   * limit and at the end; between start and limit the output is the same piece of memory again and
   * again.
   */
  @Test
  void oneCallBeyondTheLimit() throws Throwable {
    try (FarMemory silence = new FarMemory(FRAMES * Float.BYTES);
        FarMemory folded = new FarMemory(FRAMES * Float.BYTES)) {
      folded.repeat((long) NEAR * Float.BYTES, (LIMIT - NEAR) * Float.BYTES);
      SignalBuffer in = mono(silence.segment());
      SignalBuffer out = mono(folded.segment());
      for (long from : new long[] {0, LIMIT - 5_000, FRAMES - 10_000}) {
        for (long i = from; i < from + 10_000; i++) {
          in.set(0, i, noise(i));
        }
      }
      Pipeline chain = Pipeline.of(Iir.butterworth(2, Band.low(6_000)));
      try (Plan plan = prepare(new NativeBackend(), chain, MONO, 1)) {
        assertEquals(FRAMES, plan.forward(in, out));
        assertEnd(chain, in, out, plan);
      }
    }
  }

  private static SignalBuffer mono(MemorySegment memory) {
    return SignalBuffer.wrap(memory, PlanarLayout.packed(SampleType.FLOAT32, 1, FRAMES));
  }

  private static Plan prepare(Backend backend, Pipeline chain, StreamFormat format, int threads) {
    PlanOptions options =
        PlanOptions.DEFAULTS.withBackend(backend.name()).withThreads(threads).withThreshold(0);
    return new Planner(List.of(backend)).prepare(chain, format, options);
  }

  /** The start, all around and behind the limit, and the state are the Java backend's. */
  private static void assertEnd(Pipeline chain, SignalBuffer in, SignalBuffer out, Plan plan) {
    try (Plan java = prepare(new JavaBackend(), chain, MONO, 1);
        SignalBuffer expected = SignalBuffer.allocate(MONO, FRAMES - LIMIT + NEAR)) {
      java.forward(in.slice(0, NEAR), expected.slice(0, NEAR));
      assertClose(expected.slice(0, NEAR), out.slice(0, NEAR));
      java.reset();
      java.forward(in.slice(LIMIT - NEAR, expected.frames()), expected);
      assertClose(expected, out.slice(LIMIT - NEAR, expected.frames()));
      double[] state = java.state().getFirst().values();
      assertArrayEquals(state, plan.state().getFirst().values(), 1e-9);
    }
  }

  private static void assertClose(SignalBuffer expected, SignalBuffer actual) {
    for (int plane = 0; plane < expected.planes(); plane++) {
      double worst = 0;
      for (long i = 0; i < expected.frames(); i++) {
        worst = Math.max(worst, Math.abs(expected.get(plane, i) - actual.get(plane, i)));
      }
      assertTrue(worst < 1e-6, "plane " + plane + " differs by " + worst);
    }
  }

  /** From -1 to 1, by the frame's number alone. */
  private static double noise(long frame) {
    return (((frame + 1) * 0x9E3779B97F4A7C15L) >> 11) * 0x1p-52;
  }

  static Stream<Stage> stages() {
    return Stream.of(
        Iir.butterworth(4, Band.low(6_000)),
        Fir.of(taps(40)),
        Fir.of(taps(900)),
        new Gain(0.5),
        Delay.ofFrames(100),
        Mix.matrix(new double[][] {{1, 0.5, 0.25}, {0, 1, 0}, {0.5, 0, -1}}),
        new Resample(32_000));
  }

  private static double[] taps(int count) {
    double[] taps = new double[count];
    for (int k = 0; k < count; k++) {
      taps[k] = noise(k) / count;
    }
    return taps;
  }

  /** A plane's first frame is more than 2^31 frames behind that of the plane before it. */
  @ParameterizedTest
  @MethodSource("stages")
  void channelsFurtherApartThanTheLimit(Stage stage) throws Throwable {
    long frames = 20_000;
    StreamFormat format = new StreamFormat(48_000, CHANNELS, SampleType.FLOAT32);
    PlanarLayout far = new PlanarLayout(SampleType.FLOAT32, CHANNELS, frames, FRAMES * Float.BYTES);
    try (FarMemory inMemory = new FarMemory(far.byteSize());
        FarMemory outMemory = new FarMemory(far.byteSize());
        SignalBuffer near = SignalBuffer.allocate(format, frames);
        SignalBuffer expected = SignalBuffer.allocate(format, frames);
        Plan java = prepare(new JavaBackend(), Pipeline.of(stage), format, 1);
        Plan plan = prepare(new NativeBackend(), Pipeline.of(stage), format, 2)) {
      SignalBuffer in = SignalBuffer.wrap(inMemory.segment(), far);
      SignalBuffer out = SignalBuffer.wrap(outMemory.segment(), far);
      for (int c = 0; c < CHANNELS; c++) {
        for (long i = 0; i < frames; i++) {
          in.set(c, i, noise(i * CHANNELS + c));
          near.set(c, i, in.get(c, i));
        }
      }
      assertEquals(java.forward(near, expected), plan.forward(in, out));
      assertClose(expected, out);
    }
  }

  /** With memory for all of it, in place, by three threads. */
  @Test
  @EnabledIfSystemProperty(named = "millrace.long", matches = "true")
  void inPlaceBeyondTheLimit() throws IOException {
    long wanted = FRAMES * Float.BYTES / 1_000_000;
    long free = freeKib() / 1_000;
    Assumptions.assumeTrue(free > wanted + 1_000, () -> free + " MB free, " + wanted + " wanted");
    Pipeline chain = Pipeline.of(Iir.butterworth(2, Band.low(6_000)));
    try (SignalBuffer signal = SignalBuffer.allocate(MONO, FRAMES);
        SignalBuffer near = SignalBuffer.allocate(MONO, FRAMES - LIMIT + NEAR);
        SignalBuffer expected = SignalBuffer.allocate(MONO, near.frames());
        Plan plan = prepare(new NativeBackend(), chain, MONO, 3);
        Plan java = prepare(new JavaBackend(), chain, MONO, 1)) {
      for (long i = 0; i < FRAMES; i++) {
        signal.segment().setAtIndex(ValueLayout.JAVA_FLOAT, i, (float) noise(i));
      }
      long from = LIMIT - NEAR;
      MemorySegment.copy(
          signal.segment(), from * Float.BYTES, near.segment(), 0, near.frames() * Float.BYTES);
      assertEquals(FRAMES, plan.forward(signal, signal));
      java.forward(near, expected);
      long settled = 10_000; // what lies before has no effect any more
      long count = near.frames() - settled;
      assertClose(expected.slice(settled, count), signal.slice(from + settled, count));
    }
  }

  private static long freeKib() throws IOException {
    return Files.readAllLines(Path.of("/proc/meminfo")).stream()
        .filter(line -> line.startsWith("MemAvailable:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
