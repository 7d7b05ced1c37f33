package io.github.millrace.opencl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Backend;
import io.github.millrace.choice.Planner;
import io.github.millrace.cpu.JavaBackend;
import io.github.millrace.design.Band;
import io.github.millrace.gpu.KernelSource;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.Length;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A device without float64 arithmetic runs fast plans on float32 samples and no others. */
class NoFloat64Test {

  private static final int FRAMES = 20_011;
  private static final StreamFormat FORMAT = new StreamFormat(48_000, 2, SampleType.FLOAT32);
  private static final PlanOptions FAST = PlanOptions.DEFAULTS.withPrecision(Precision.FAST);
  private static final Pipeline LOW = Pipeline.of(Iir.butterworth(8, Band.low(2_000)));

  @TempDir Path folder;

  /** Every kernel file. */
  static Stream<Pipeline> chains() {
    SplittableRandom random = new SplittableRandom(1);
    Fir fir = Fir.of(random.doubles(1_500, -1, 1).toArray());
    return Stream.of(
        LOW,
        Pipeline.of(Iir.butterworth(20, Band.low(9_000)), Mix.mono()),
        Pipeline.of(new Gain(2)),
        Pipeline.of(Delay.ofFrames(100), fir.with(Fir.Method.OVERLAP_SAVE)),
        Pipeline.of(fir.with(Fir.Method.DIRECT)),
        Pipeline.of(new Resample(16_000)),
        Pipeline.of(new Fft(64), new InverseFft()),
        Pipeline.of(new Fft(45), new InverseFft()));
  }

  @BeforeEach
  void requireDevice() {
    Assumptions.assumeTrue(Drivers.absence().isEmpty(), () -> Drivers.absence().get());
  }

  @Test
  void preciseIsRefusedAtPrepare() {
    Planner planner = new Planner(List.of(new Float32Backend()));
    PlanOptions options = PlanOptions.DEFAULTS.withBackend("opencl");
    BackendException e =
        assertThrows(BackendException.class, () -> planner.prepare(LOW, FORMAT, options));
    String name = new Float32Backend().devices().getFirst().name();
    String expected = name + " has no float64 arithmetic, which precise needs";
    assertTrue(e.getMessage().contains(expected), e.getMessage());
  }

  @Test
  void float64SamplesAreRefusedAtPrepare() {
    Planner planner = new Planner(List.of(new Float32Backend()));
    StreamFormat wide = new StreamFormat(48_000, 2, SampleType.FLOAT64);
    BackendException e =
        assertThrows(
            BackendException.class, () -> planner.prepare(LOW, wide, FAST.withBackend("opencl")));
    assertTrue(e.getMessage().contains("which float64 samples need"), e.getMessage());
  }

  /** Where the signal is so long that a device is tried first. */
  @Test
  void autoPassesItByAndSaysWhy() {
    Planner planner = new Planner(List.of(new Float32Backend(), new JavaBackend()));
    PlanOptions options = PlanOptions.DEFAULTS.withLength(Length.once(1L << 40));
    try (Plan plan = planner.prepare(LOW, FORMAT, options)) {
      assertEquals("java", plan.device().backend());
      assertTrue(plan.describe().contains("passed by opencl: "), plan.describe());
      assertTrue(plan.describe().contains("has no float64 arithmetic"), plan.describe());
    }
  }

  /** In blocks below and above the threshold. */
  @ParameterizedTest
  @MethodSource("chains")
  void fastRuns(Pipeline chain) {
    double[] expected = run(new JavaBackend(), chain, PlanOptions.DEFAULTS);
    double[] y = run(new Float32Backend(), chain, FAST);
    assertEquals(expected.length, y.length);
    double difference = 0;
    double power = 0;
    for (int i = 0; i < y.length; i++) {
      difference += (y[i] - expected[i]) * (y[i] - expected[i]);
      power += expected[i] * expected[i];
    }
    double error = Math.sqrt(difference / power);
    assertTrue(error <= 3e-6, "relative rms error " + error);
  }

  /** The compiler of a device without float64 sees none. */
  @ParameterizedTest
  @MethodSource("chains")
  void kernelsHaveNoFloat64(Pipeline chain) throws Exception {
    Path clang = Path.of("/usr/bin/clang");
    Assumptions.assumeTrue(Files.isExecutable(clang), "no " + clang);
    Float32Backend backend = new Float32Backend();
    Planner planner = new Planner(List.of(backend));
    planner.prepare(chain, FORMAT, FAST.withBackend("opencl")).close();
    for (KernelSource source : backend.counter.sources) {
      assertEquals("", compile(clang, source), source.toString());
    }
  }

  /** The same compiler does see float64 where it is. */
  @Test
  void float64IsSeen() throws Exception {
    Path clang = Path.of("/usr/bin/clang");
    Assumptions.assumeTrue(Files.isExecutable(clang), "no " + clang);
    Map<String, String> types = Map.of("SAMPLE", "float", "REAL", "double", "PER_ITEM", "1");
    String words = compile(clang, new KernelSource("gain", 64, types));
    assertTrue(words.contains("use of type 'double' requires cl_khr_fp64"), words);
  }

  private String compile(Path clang, KernelSource source) throws Exception {
    for (String file : List.of(source.file() + ".cl", "dialect.h", "transform.h")) {
      try (var in = OpenClBackend.class.getResourceAsStream(file)) {
        Files.write(folder.resolve(file), in.readAllBytes());
      }
    }
    List<String> command =
        new ArrayList<>(
            List.of(clang.toString(), "-x", "cl", "-cl-std=CL1.2", "-target", "spir64"));
    for (String option : List.of("-finclude-default-header", "-cl-ext=-cl_khr_fp64")) {
      command.addAll(List.of("-Xclang", option));
    }
    command.addAll(List.of("-fsyntax-only", "-Werror", "-D__OPENCL_VERSION__=120"));
    command.add("-DITEMS=" + source.items());
    source.constants().forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add(source.file() + ".cl");
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    return output(builder.redirectErrorStream(true).start());
  }

  private static String output(Process process) throws IOException, InterruptedException {
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return process.waitFor() == 0 ? text : "failed: " + text;
  }

  private static double[] run(Backend backend, Pipeline pipeline, PlanOptions options) {
    Planner planner = new Planner(List.of(backend));
    try (Plan plan = planner.prepare(pipeline, FORMAT, options.withBackend(backend.name()));
        SignalBuffer in = SignalBuffer.allocate(FORMAT, FRAMES);
        SignalBuffer out =
            SignalBuffer.allocate(plan.outputFormat(), plan.maxOutputFrames(FRAMES))) {
      SplittableRandom random = new SplittableRandom(2);
      for (int i = 0; i < 2 * FRAMES; i++) {
        in.set(i % 2, i / 2, random.nextDouble(-1, 1));
      }
      long written = 0;
      for (int at = 0; at < FRAMES; at += 5_000) {
        SignalBuffer part = in.slice(at, Math.min(5_000, FRAMES - at));
        written += plan.forward(part, out.slice(written, out.frames() - written));
      }
      return out.slice(0, written).toDoubles(0);
    }
  }
}
