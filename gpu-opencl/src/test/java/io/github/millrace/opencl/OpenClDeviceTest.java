package io.github.millrace.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Backend;
import io.github.millrace.choice.Planner;
import io.github.millrace.cpu.JavaBackend;
import io.github.millrace.design.Band;
import io.github.millrace.gpu.KernelSource;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.PlanarLayout;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Fft;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.InverseFft;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.Resample;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfers, memory, limits and failures of a device. */
class OpenClDeviceTest {

  private static final StreamFormat FORMAT = new StreamFormat(48_000, 2, SampleType.FLOAT64);
  private static final int FRAMES = 20_011;

  private static final Pipeline CHAIN =
      Pipeline.of(
          Iir.butterworth(4, Band.low(2_000)),
          Delay.ofFrames(100),
          Fir.of(0.5, 0.25, -0.5),
          Mix.matrix(new double[][] {{1, 0.5}, {-0.5, 1}}),
          new Resample(16_000, Resample.Quality.FAST),
          Iir.butterworth(2, Band.high(100)));

  private CountingAccelerator counter;

  @BeforeEach
  void requireDevice() {
    Assumptions.assumeTrue(Drivers.absence().isEmpty(), () -> Drivers.absence().get());
  }

  private Backend backend(
      ClAccelerator.Staging staging, UnaryOperator<io.github.millrace.gpu.Limits> limits) {
    return new OpenClBackend(
        device -> {
          counter = new CountingAccelerator(new ClAccelerator(device, staging), limits);
          return counter;
        });
  }

  @ParameterizedTest
  @EnumSource(ClAccelerator.Staging.class)
  void everyWayOfSamplesGivesTheReference(ClAccelerator.Staging staging) {
    assertClose(run(new JavaBackend(), FRAMES), run(backend(staging, limits -> limits), FRAMES));
  }

  /** A signal larger than what the device allows for one buffer goes through in blocks. */
  @ParameterizedTest
  @EnumSource(ClAccelerator.Staging.class)
  void aLongSignalStreamsThrough(ClAccelerator.Staging staging) {
    int frames = 300_007;
    Pipeline chain = Pipeline.of(Iir.butterworth(8, Band.low(480)), new Gain(2), Mix.mono());
    long most = 512 << 10;
    Backend lowered = backend(staging, limits -> limits.withLargestAllocation(most));
    double[][] y = run(lowered, chain, frames);
    assertTrue(counter.largest <= most, "allocated " + counter.largest);
    assertTrue(counter.launches > 2L * frames * 16 / most, counter.launches + " launches");
    assertClose(run(new JavaBackend(), chain, frames), y);
  }

  /** One upload and one download, and nothing allocated, whatever the number of stages. */
  @ParameterizedTest
  @EnumSource(ClAccelerator.Staging.class)
  void aChainStaysOnTheDevice(ClAccelerator.Staging staging) {
    try (Plan plan = prepare(backend(staging, limits -> limits), CHAIN);
        SignalBuffer in = SignalBuffer.allocate(FORMAT, FRAMES);
        SignalBuffer out =
            SignalBuffer.allocate(plan.outputFormat(), plan.maxOutputFrames(FRAMES))) {
      plan.forward(in, out);
      counter.clear();
      plan.forward(in, out);
      assertEquals(
          List.of(1, 1, 0), List.of(counter.uploads, counter.downloads, counter.allocations));
    }
  }

  /** Transforms are as long as the device's own answer allows, and no longer. */
  @Test
  void transformsFitTheMemoryOfAWorkGroup() {
    int longest = Integer.highestOneBit((int) (device().limits().localBytes() / 16));
    Pipeline fits = Pipeline.of(new Fft(longest), new InverseFft());
    int frames = 2 * longest;
    assertClose(run(new JavaBackend(), fits, frames), run(new OpenClBackend(), fits, frames));
    Pipeline tooLong = Pipeline.of(new Fft(2 * longest));
    var e = assertThrows(BackendException.class, () -> prepare(new OpenClBackend(), tooLong));
    String reason = "FFTs of up to " + longest + " frames, not " + 2 * longest;
    assertTrue(e.getMessage().contains(reason), e.getMessage());
  }

  /** The number of launches does not grow with the number of sections. */
  @Test
  void launchesDoNotGrowWithSections() {
    int[] launches = new int[2];
    for (int i = 0; i < 2; i++) {
      Pipeline chain = Pipeline.of(Iir.butterworth(i == 0 ? 2 : 40, Band.low(9_000)));
      run(backend(ClAccelerator.Staging.SHARED, limits -> limits), chain, FRAMES);
      launches[i] = counter.launches;
    }
    assertEquals(launches[0], launches[1]);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 999, 1000})
  void theThresholdChooses(long frames) {
    PlanOptions options = PlanOptions.DEFAULTS.withBackend("opencl").withThreshold(frames);
    Pipeline chain = Pipeline.of(Iir.butterworth(2, Band.low(9_000)));
    try (Plan plan = new Planner(List.of(new OpenClBackend())).prepare(chain, FORMAT, options);
        SignalBuffer buffer = SignalBuffer.allocate(FORMAT, 999)) {
      plan.forward(buffer, buffer);
      String expected = frames <= 999 ? "last block: one run" : "last block: frame after frame";
      assertTrue(plan.describe().contains(expected), plan.describe());
    }
  }

  /** Memory whose life nobody knows is copied, and unaligned memory too. */
  @Test
  void foreignMemoryIsCopied() {
    Pipeline chain = Pipeline.of(new Gain(2));
    try (SignalBuffer own = SignalBuffer.ofPlanar(new double[] {0, 1, 2, 3, 4, 5, 6, 7, 8});
        SignalBuffer out = SignalBuffer.allocate(SampleType.FLOAT64, 1, 8)) {
      StreamFormat mono = FORMAT.withChannels(1);
      MemorySegment odd = own.segment().asSlice(8, 64);
      SignalBuffer in = SignalBuffer.wrap(odd, PlanarLayout.packed(SampleType.FLOAT64, 1, 8));
      try (Plan plan =
          new Planner(List.of(new OpenClBackend()))
              .prepare(chain, mono, PlanOptions.DEFAULTS.withBackend("opencl"))) {
        plan.forward(in, out);
        assertArrayEquals(new double[] {2, 4, 6, 8, 10, 12, 14, 16}, out.toDoubles(0));
      }
    }
  }

  @Test
  void aKernelThatDoesNotCompileIsShownWithTheCompilersWords() {
    ClDevice device = device();
    try (ClAccelerator accelerator = new ClAccelerator(device, ClAccelerator.Staging.SHARED)) {
      KernelSource source = new KernelSource("gain", 1, Map.of("SAMPLE", "nonsense"));
      BackendException e =
          assertThrows(BackendException.class, () -> accelerator.function(source, "gain"));
      assertTrue(e.getMessage().contains("CL_BUILD_PROGRAM_FAILURE"), e.getMessage());
      assertTrue(e.getMessage().contains("nonsense"), e.getMessage());
      assertTrue(e.getMessage().contains(device.info().name()), e.getMessage());
    }
  }

  @Test
  void tooMuchMemoryIsRefusedByName() {
    try (ClAccelerator accelerator = new ClAccelerator(device(), ClAccelerator.Staging.SHARED)) {
      BackendException e =
          assertThrows(BackendException.class, () -> accelerator.allocate(1L << 50));
      assertTrue(
          e.getMessage().contains("clCreateBuffer of 1125899906842624 bytes"), e.getMessage());
      assertTrue(e.getMessage().contains("CL_"), e.getMessage());
    }
  }

  private static ClDevice device() {
    return ClDiscovery.machine().device(new OpenClBackend().devices().getFirst()).orElseThrow();
  }

  private static Plan prepare(Backend backend, Pipeline pipeline) {
    PlanOptions options = PlanOptions.DEFAULTS.withBackend(backend.name());
    return new Planner(List.of(backend)).prepare(pipeline, FORMAT, options);
  }

  private static double[][] run(Backend backend, int frames) {
    return run(backend, CHAIN, frames);
  }

  private static double[][] run(Backend backend, Pipeline pipeline, int frames) {
    Random random = new Random(1);
    double[][] x = new double[2][frames];
    for (double[] channel : x) {
      Arrays.setAll(channel, i -> random.nextGaussian());
    }
    try (Plan plan = prepare(backend, pipeline);
        SignalBuffer in = SignalBuffer.ofPlanar(x);
        SignalBuffer out =
            SignalBuffer.allocate(plan.outputFormat(), plan.maxOutputFrames(frames))) {
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
