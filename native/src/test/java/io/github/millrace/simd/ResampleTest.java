package io.github.millrace.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Backend;
import io.github.millrace.choice.Planner;
import io.github.millrace.cpu.JavaBackend;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.plan.StageState;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Resample;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resamplers of every kind of ratio against the Java backend, in every variant here. */
class ResampleTest {

  private static final int FRAMES = 60_007;
  private static final PlanOptions OPTIONS = PlanOptions.DEFAULTS.withThreads(1);

  @BeforeEach
  void requireLibrary() {
    NativeLibrary library = NativeLibrary.get();
    Assumptions.assumeTrue(library.isLoaded(), library.reason());
  }

  @ParameterizedTest
  @CsvSource({
    "48000,44100,STANDARD", "44100,48000,FAST", "48000,96000,BEST", "96000,48000,STANDARD",
    "48000,16000,STANDARD", "8000,48000,FAST", "48000,48000,FAST", "48000,100,STANDARD",
    "7,48000,FAST", "65536,3,FAST", "48000,47999,FAST", "65536,1,FAST"
  })
  void equalsTheReference(int from, int to, Resample.Quality quality) {
    Pipeline pipeline = Pipeline.of(new Gain(0.75), new Resample(to, quality), new Gain(-2));
    int frames = from < 100 ? 100 : FRAMES;
    double[] x = noise(frames);
    StreamFormat wide = new StreamFormat(from, 1, SampleType.FLOAT64);
    double[] expected = run(new JavaBackend(), pipeline, wide, OPTIONS, x);
    StreamFormat narrow = wide.withType(SampleType.FLOAT32);
    PlanOptions fast = OPTIONS.withPrecision(Precision.FAST);
    for (String variant : NativeLibrary.get().variants()) {
      Backend backend = new NativeBackend(NativeLibrary::get, variant);
      double[] precise = run(backend, pipeline, narrow, OPTIONS, x);
      double[] quick = run(backend, pipeline, narrow, fast, x);
      // The rms of a few roundings is less sharp than that of many.
      double rounding = expected.length < 1000 ? 0x1p-24 : 5e-8;
      requireError(1e-13, expected, run(backend, pipeline, wide, OPTIONS, x), variant + " f64");
      requireError(rounding, expected, precise, variant + " f32 precise");
      requireError(5e-7, expected, quick, variant + " f32 fast");
      assertTrue(
          from == to || precise.length < 100 || !Arrays.equals(precise, quick),
          variant + ": fast is precise");
    }
  }

  /** Threads, blocks and moving the state to another backend change no bit, or next to none. */
  @Test
  void anySplitGivesTheSameBits() {
    Pipeline pipeline = Pipeline.of(new Resample(44_100));
    double[] x = noise(400_003);
    for (Precision precision : Precision.values()) {
      for (SampleType type : SampleType.values()) {
        StreamFormat format = new StreamFormat(48_000, 1, type);
        PlanOptions options = OPTIONS.withPrecision(precision);
        double[] one = run(new NativeBackend(), pipeline, format, options, x);
        PlanOptions three = options.withThreads(3);
        assertArrayEquals(one, run(new NativeBackend(), pipeline, format, three, x));
      }
    }
  }

  @Test
  void stateMovesBetweenBackends() {
    Pipeline pipeline = Pipeline.of(new Gain(3), new Resample(44_100));
    StreamFormat format = new StreamFormat(48_000, 1, SampleType.FLOAT64);
    double[] x = noise(20_000);
    double[] expected = run(new JavaBackend(), pipeline, format, OPTIONS, x);
    for (Backend first : List.of(new NativeBackend(), new JavaBackend())) {
      Backend second = first instanceof JavaBackend ? new NativeBackend() : new JavaBackend();
      try (Plan before = prepare(first, pipeline, format, OPTIONS);
          Plan after = prepare(second, pipeline, format, OPTIONS);
          SignalBuffer in = SignalBuffer.ofPlanar(x);
          SignalBuffer out = SignalBuffer.allocate(after.outputFormat(), x.length)) {
        long made = before.forward(in.slice(0, 9_001), out);
        List<StageState> state = before.state();
        after.restore(state);
        assertEquals(state, after.state());
        made += after.forward(in.slice(9_001, x.length - 9_001), out.slice(made, x.length - made));
        made += after.flush(out.slice(made, x.length - made));
        requireError(1e-13, expected, out.slice(0, made).toDoubles(0), first.name());
      }
    }
  }

  /** Fast is a permission: what has no float32 arithmetic runs in float64 and is named. */
  @Test
  void stagesWithoutFastArithmeticAreNamed() {
    StreamFormat format = new StreamFormat(48_000, 1, SampleType.FLOAT32);
    PlanOptions fast = OPTIONS.withPrecision(Precision.FAST);
    Pipeline chain = Pipeline.of(new Resample(44_100), new io.github.millrace.stage.Fft(64));
    String named = "in float64 for want of fast arithmetic: " + chain.stages().getLast().describe();
    try (Plan plan = prepare(new NativeBackend(), chain, format, fast);
        Plan precise = prepare(new NativeBackend(), chain, format, OPTIONS)) {
      assertTrue(plan.describe().contains(named), plan.describe());
      assertFalse(precise.describe().contains("want of"), precise.describe());
    }
  }

  private static double[] noise(int frames) {
    SplittableRandom random = new SplittableRandom(17);
    double[] x = new double[frames];
    Arrays.setAll(x, i -> (float) random.nextDouble(-1, 1));
    return x;
  }

  private static Plan prepare(
      Backend backend, Pipeline pipeline, StreamFormat format, PlanOptions options) {
    return new Planner(List.of(backend))
        .prepare(pipeline, format, options.withBackend(backend.name()));
  }

  /** In two blocks, of which the second is long enough for several threads. */
  private static double[] run(
      Backend backend, Pipeline pipeline, StreamFormat format, PlanOptions options, double[] x) {
    int head = x.length / 7;
    try (Plan plan = prepare(backend, pipeline, format, options);
        SignalBuffer in = SignalBuffer.allocate(format, x.length);
        SignalBuffer out =
            SignalBuffer.allocate(
                plan.outputFormat(), plan.maxOutputFrames(x.length) + plan.flushFrames() + 1)) {
      for (int i = 0; i < x.length; i++) {
        in.set(0, i, x[i]);
      }
      long made = plan.forward(in.slice(0, head), out);
      made += plan.forward(in.slice(head, x.length - head), rest(out, made));
      made += plan.flush(rest(out, made));
      return out.slice(0, made).toDoubles(0);
    }
  }

  private static SignalBuffer rest(SignalBuffer out, long from) {
    return out.slice(from, out.frames() - from);
  }

  private static void requireError(double limit, double[] expected, double[] actual, String what) {
    assertEquals(expected.length, actual.length, what);
    double difference = 0;
    double power = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += (actual[i] - expected[i]) * (actual[i] - expected[i]);
      power += expected[i] * expected[i];
    }
    double error = Math.sqrt(difference / power);
    assertTrue(error <= limit, what + ": relative rms error is " + error + ", at most " + limit);
  }
}
