package io.github.millrace.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Backend;
import io.github.millrace.choice.Planner;
import io.github.millrace.cpu.JavaBackend;
import io.github.millrace.design.Band;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.Length;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Fft;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.InverseFft;
import io.github.millrace.stage.Resample;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Chunks of one length, captured as graphs and replayed, on a driver without a device. */
class GraphTest {

  private static final StreamFormat FORMAT = new StreamFormat(48_000, 2, SampleType.FLOAT64);
  private static final int CHUNK = 256;
  private static final int CHUNKS = 40;

  private FakeDriver driver;
  private Backend backend;

  static Stream<Pipeline> chains() {
    return Stream.of(
        Pipeline.of(Iir.butterworth(8, Band.low(2_000))),
        Pipeline.of(new Gain(3)),
        Pipeline.of(Delay.ofFrames(1000), Iir.butterworth(3, Band.low(900)), Fir.of(1, -1, 0.5)),
        Pipeline.of(new Resample(24_000), Iir.butterworth(4, Band.low(2_000))),
        Pipeline.of(new Fft(64), new Gain(2), new InverseFft()));
  }

  @BeforeEach
  void requireDriver() {
    FakeDriver.absence().ifPresent(Assumptions::abort);
    driver = FakeDriver.get();
    backend = driver.backend();
  }

  @AfterEach
  void requireNothingLeft() {
    if (driver != null) {
      FakeDriver.get();
      for (String kind : List.of("memories", "host memories", "streams", "graphs")) {
        assertEquals(0, driver.live(kind), kind);
      }
    }
  }

  /** State goes on from chunk to chunk, and from some chunk on each takes one launch of a graph. */
  @ParameterizedTest
  @MethodSource("chains")
  void chunksAreReplayed(Pipeline chain) {
    Random random = new Random(5);
    try (Plan plan = prepare(backend, chain);
        Plan reference = prepare(new JavaBackend(), chain);
        SignalBuffer in = SignalBuffer.allocate(FORMAT, CHUNK);
        SignalBuffer out = SignalBuffer.allocate(plan.outputFormat(), plan.maxOutputFrames(CHUNK));
        SignalBuffer expected =
            SignalBuffer.allocate(plan.outputFormat(), plan.maxOutputFrames(CHUNK))) {
      long launches = 0;
      long graphs = 0;
      long captures = 0;
      for (int chunk = 0; chunk < CHUNKS; chunk++) {
        if (chunk == CHUNKS / 2) {
          launches = driver.count("cuLaunchKernel");
          captures = driver.count("cuStreamBeginCapture_v2");
          graphs = driver.count("cuGraphLaunch");
        }
        fill(in, random);
        requireEqual(expected, reference.forward(in, expected), out, plan.forward(in, out));
        if (chunk == CHUNKS / 4) {
          plan.restore(plan.state());
        }
      }
      assertEquals(launches, driver.count("cuLaunchKernel"));
      assertEquals(captures, driver.count("cuStreamBeginCapture_v2"));
      assertEquals(graphs + CHUNKS - CHUNKS / 2, driver.count("cuGraphLaunch"));
    }
  }

  private static void requireEqual(
      SignalBuffer expected, long frames, SignalBuffer actual, long written) {
    assertEquals(frames, written);
    for (int p = 0; p < actual.planes(); p++) {
      assertArrayEquals(
          expected.slice(0, frames).toDoubles(p), actual.slice(0, frames).toDoubles(p), 1e-11);
    }
  }

  /** A short chunk is no graph, and what comes after it, the end or more, is right. */
  @ParameterizedTest
  @MethodSource("chains")
  void aShortChunkIsComputedAsItComes(Pipeline chain) {
    Random random = new Random(6);
    try (Plan plan = prepare(backend, chain);
        Plan reference = prepare(new JavaBackend(), chain);
        SignalBuffer in = SignalBuffer.allocate(FORMAT, CHUNK);
        SignalBuffer out = SignalBuffer.allocate(plan.outputFormat(), 2_000);
        SignalBuffer expected = SignalBuffer.allocate(plan.outputFormat(), 2_000)) {
      for (int frames : new int[] {CHUNK, CHUNK, CHUNK, CHUNK, 100, CHUNK, CHUNK, 0, 1, 255}) {
        fill(in, random);
        SignalBuffer part = in.slice(0, frames);
        requireEqual(expected, reference.forward(part, expected), out, plan.forward(part, out));
      }
      requireEqual(expected, reference.flush(expected), out, plan.flush(out));
    }
  }

  private static void fill(SignalBuffer in, Random random) {
    for (int i = 0; i < 2 * CHUNK; i++) {
      in.set(i % 2, i / 2, random.nextGaussian());
    }
  }

  @Test
  void aLongerChunkIsRefused() {
    try (Plan plan = prepare(backend, Pipeline.of(new Gain(3)));
        SignalBuffer buffer = SignalBuffer.allocate(FORMAT, 300)) {
      plan.forward(buffer.slice(0, CHUNK), buffer.slice(0, CHUNK));
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> plan.forward(buffer, buffer));
      assertEquals("input has 300 frames, the plan is for chunks of at most 256", e.getMessage());
      plan.forward(buffer.slice(0, CHUNK), buffer.slice(0, CHUNK));
    }
  }

  @Test
  void chunksThatDoNotStayWholeAreRefused() {
    requireRefusal("which takes multiples of 160", new Resample(44_100));
    requireRefusal("which takes multiples of 100", new Fft(100));
  }

  private void requireRefusal(String text, io.github.millrace.stage.Stage stage) {
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> prepare(backend, Pipeline.of(stage)).close());
    assertTrue(
        e.getMessage().startsWith("chunks of 256 frames make no whole number of frames in "),
        e.getMessage());
    assertTrue(e.getMessage().endsWith(text), e.getMessage());
  }

  /** Each call fails once in turn, the capture's too. */
  @Test
  void anyCallMayFail() {
    driver.fail(Long.MAX_VALUE - 1, 0, false);
    life();
    long calls = driver.calls();
    int thrown = 0;
    for (long survived = 0; survived < calls; survived++) {
      driver.fail(survived, 700, true);
      try {
        life();
      } catch (BackendException e) {
        thrown++;
        boolean frees = driver.failed().equals("cuGraphDestroy"); // the next call tells
        String call = frees ? "cu" : driver.failed().replace("_v2", "");
        assertTrue(e.getMessage().contains("CUDA device Fake 40: " + call), e.getMessage());
      }
      for (String kind : List.of("memories", "host memories", "streams", "graphs")) {
        assertEquals(0, driver.live(kind), kind + " after " + driver.failed());
      }
    }
    assertTrue(thrown > calls / 2, thrown + " of " + calls);
  }

  private void life() {
    try (Plan plan = prepare(backend, Pipeline.of(Delay.ofFrames(10)));
        SignalBuffer buffer = SignalBuffer.allocate(FORMAT, CHUNK)) {
      for (int chunk = 0; chunk < 8; chunk++) {
        plan.forward(buffer, buffer);
      }
    }
  }

  private static Plan prepare(Backend backend, Pipeline pipeline) {
    PlanOptions options =
        PlanOptions.DEFAULTS.withBackend(backend.name()).withLength(Length.chunks(CHUNK));
    return new Planner(List.of(backend)).prepare(pipeline, FORMAT, options);
  }
}
