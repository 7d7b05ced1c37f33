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
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.Resample;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfers, memory, streams, threads and the choice of a device, on a driver without one. */
class CudaDeviceTest {

  private static final StreamFormat FORMAT = new StreamFormat(48_000, 2, SampleType.FLOAT64);
  private static final int FRAMES = 20_011;
  private static final long BLOCK_BYTES = 512 << 10;

  private static final Pipeline CHAIN =
      Pipeline.of(
          Iir.butterworth(4, Band.low(2_000)),
          Delay.ofFrames(100),
          Fir.of(0.5, 0.25, -0.5),
          Mix.matrix(new double[][] {{1, 0.5}, {-0.5, 1}}),
          new Resample(16_000, Resample.Quality.FAST),
          Iir.butterworth(2, Band.high(100)));

  private FakeDriver driver;
  private Backend backend;
  private long faults;

  @BeforeEach
  void requireDriver() {
    FakeDriver.absence().ifPresent(Assumptions::abort);
    driver = FakeDriver.get();
    backend = driver.backend();
    faults = driver.faults();
  }

  /** Nothing is left, and nothing was done that a real driver forbids. */
  @AfterEach
  void requireNothingLeft() {
    if (driver != null) {
      assertEquals(faults, driver.faults());
      for (String kind : List.of("memories", "host memories", "streams", "graphs")) {
        assertEquals(0, driver.live(kind), kind);
      }
      FakeDriver.get();
    }
  }

  /** One copy each way, and nothing allocated, whatever the number of stages. */
  @Test
  void aChainStaysOnTheDevice() {
    try (Plan plan = prepare(backend, CHAIN);
        SignalBuffer in = SignalBuffer.allocate(FORMAT, FRAMES);
        SignalBuffer out =
            SignalBuffer.allocate(plan.outputFormat(), plan.maxOutputFrames(FRAMES))) {
      plan.forward(in, out);
      List<Long> before = counts();
      plan.forward(in, out);
      List<Long> after = counts();
      assertEquals(before.get(0) + 1, after.get(0));
      assertEquals(before.get(1) + 1, after.get(1));
      assertEquals(before.subList(2, 5), after.subList(2, 5));
    }
  }

  private List<Long> counts() {
    return List.of(
        driver.count("cuMemcpyHtoDAsync_v2"),
        driver.count("cuMemcpyDtoHAsync_v2"),
        driver.count("cuMemAlloc_v2"),
        driver.count("cuMemHostAlloc"),
        driver.count("cuModuleLoadDataEx"));
  }

  /** Three threads at once, each of which needs the context; blocks far below the signal. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLongSignalStreamsThrough(boolean pinned) {
    int frames = 300_007;
    Pipeline chain = Pipeline.of(Iir.butterworth(8, Band.low(480)), new Gain(2), Mix.mono());
    CudaDiscovery discovery = driver.discovery();
    Backend lowered =
        new CudaBackend(
            () -> discovery,
            device ->
                new CudaAccelerator(device, device.limits().withLargestAllocation(BLOCK_BYTES)));
    long copies = driver.count("cuMemcpyHtoDAsync_v2");
    double[][] y = run(lowered, chain, frames, pinned);
    long blocks = driver.count("cuMemcpyHtoDAsync_v2") - copies;
    assertTrue(blocks > 2L * frames * 8 / BLOCK_BYTES, blocks + " copies");
    assertClose(run(new JavaBackend(), chain, frames, false), y);
  }

  /** From memory that the plan gives, samples go straight to the device, a plane at a time. */
  @Test
  void pinnedBuffersNeedNoStop() {
    try (Plan plan = prepare(backend, Pipeline.of(new Gain(2)));
        SignalBuffer in = plan.allocate(FORMAT, FRAMES);
        SignalBuffer out = plan.allocate(FORMAT, FRAMES)) {
      in.set(1, FRAMES - 1, 21);
      List<Long> before = counts();
      plan.forward(in, out);
      assertEquals(before.get(0) + 2, driver.count("cuMemcpyHtoDAsync_v2"));
      assertEquals(before.get(1) + 2, driver.count("cuMemcpyDtoHAsync_v2"));
      assertEquals(42, out.get(1, FRAMES - 1));
      assertEquals(0, out.get(0, 0));
    }
  }

  /** Pinned buffers outlive plan and device. */
  @Test
  void pinnedBuffersStay() {
    Plan plan = prepare(backend, Pipeline.of(new Gain(2)));
    try (SignalBuffer in = plan.allocate(FORMAT, FRAMES)) {
      plan.close();
      in.set(0, 1, 5);
      try (Plan next = prepare(backend, Pipeline.of(new Gain(2)))) {
        next.forward(in, in);
      }
      assertEquals(10, in.get(0, 1));
    }
  }

  /** The number of launches does not grow with the number of sections. */
  @Test
  void launchesDoNotGrowWithSections() {
    long[] launches = new long[2];
    for (int i = 0; i < 2; i++) {
      long before = driver.count("cuLaunchKernel");
      Pipeline chain = Pipeline.of(Iir.butterworth(i == 0 ? 2 : 128, Band.low(9_000)));
      run(backend, chain, FRAMES, false);
      launches[i] = driver.count("cuLaunchKernel") - before;
    }
    assertEquals(launches[0], launches[1]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"cuda:3", "cuda:fake 43", "cuda:GPU-2b2c2d2e", "cuda:gpu-2B2C2D2E-2F30"})
  void aDeviceIsChosen(String option) {
    driver.machine(4, FakeDriver.VERSION, FakeDriver.ROOM);
    Planner planner = new Planner(List.of(driver.backend()));
    PlanOptions options = PlanOptions.DEFAULTS.withBackend(option);
    try (Plan plan = planner.prepare(Pipeline.of(new Gain(2)), FORMAT, options)) {
      assertEquals("Fake 43", plan.device().name());
    }
  }

  @Test
  void tooMuchMemoryIsRefusedByName() {
    try (CudaAccelerator accelerator = accelerator()) {
      BackendException e =
          assertThrows(BackendException.class, () -> accelerator.allocate(1L << 50));
      assertEquals(
          "CUDA device Fake 40: cuMemAlloc of 1125899906842624 bytes failed:"
              + " CUDA_ERROR_OUT_OF_MEMORY (as the test wants it)",
          e.getMessage());
      accelerator.allocate(1000).close();
    }
  }

  private CudaAccelerator accelerator() {
    CudaDiscovery discovery = driver.discovery();
    return new CudaAccelerator(discovery.device(discovery.infos().getFirst()).orElseThrow());
  }

  private static Plan prepare(Backend backend, Pipeline pipeline) {
    PlanOptions options = PlanOptions.DEFAULTS.withBackend(backend.name());
    return new Planner(List.of(backend)).prepare(pipeline, FORMAT, options);
  }

  private static double[][] run(Backend backend, Pipeline pipeline, int frames, boolean pinned) {
    Random random = new Random(1);
    double[][] x = new double[2][frames];
    for (double[] channel : x) {
      Arrays.setAll(channel, i -> random.nextGaussian());
    }
    try (Plan plan = prepare(backend, pipeline);
        SignalBuffer in =
            pinned ? plan.allocate(FORMAT, frames) : SignalBuffer.allocate(FORMAT, frames);
        SignalBuffer out =
            SignalBuffer.allocate(plan.outputFormat(), plan.maxOutputFrames(frames))) {
      for (int i = 0; i < 2 * frames; i++) {
        in.set(i % 2, i / 2, x[i % 2][i / 2]);
      }
      long written = plan.forward(in, out);
      double[][] y = new double[out.planes()][];
      Arrays.setAll(y, p -> out.slice(0, written).toDoubles(p));
      return y;
    }
  }

  private static void assertClose(double[][] expected, double[][] y) {
    assertEquals(expected.length, y.length);
    for (int p = 0; p < y.length; p++) {
      assertArrayEquals(expected[p], y[p], 1e-11, "plane " + p);
    }
  }
}
