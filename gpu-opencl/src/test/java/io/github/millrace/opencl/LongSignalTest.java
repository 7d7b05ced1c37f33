package io.github.millrace.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Backend;
import io.github.millrace.choice.Planner;
import io.github.millrace.cpu.JavaBackend;
import io.github.millrace.design.Band;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Iir;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A segment of more than 2 GiB, in place. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LongSignalTest {

  private static final StreamFormat FORMAT = new StreamFormat(48_000, 1, SampleType.FLOAT64);
  private static final long FRAMES = (1L << 28) + 4_321;
  private static final Pipeline CHAIN = Pipeline.of(Iir.butterworth(4, Band.low(6_000)));

  private SignalBuffer expected;
  private SignalBuffer buffer;

  @BeforeAll
  void reference() throws IOException {
    Assumptions.assumeTrue(Drivers.absence().isEmpty(), () -> Drivers.absence().get());
    long free = freeKib() >> 10;
    Assumptions.assumeTrue(free > 8_000, () -> free + " MiB of memory free, 8,000 wanted");
    expected = SignalBuffer.allocate(FORMAT, FRAMES);
    buffer = SignalBuffer.allocate(FORMAT, FRAMES);
    fill(expected);
    filter(new JavaBackend(), expected);
  }

  private static long freeKib() throws IOException {
    return Files.readAllLines(Path.of("/proc/meminfo")).stream()
        .filter(line -> line.startsWith("MemAvailable:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }

  @AfterAll
  void free() {
    if (expected != null) {
      expected.close();
      buffer.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SHARED", "PINNED"})
  void everyFrameIsFiltered(ClAccelerator.Staging staging) {
    fill(buffer);
    filter(new OpenClBackend(device -> new ClAccelerator(device, staging)), buffer);
    double worst = 0;
    for (long i = 0; i < FRAMES; i++) {
      worst = Math.max(worst, Math.abs(sample(expected, i) - sample(buffer, i)));
    }
    assertTrue(worst < 1e-12, "differs by " + worst);
  }

  private static double sample(SignalBuffer from, long frame) {
    return from.segment().getAtIndex(ValueLayout.JAVA_DOUBLE, frame);
  }

  /** Noise that a frame's number gives: no frame is like the one 2^31 bytes before it. */
  private static void fill(SignalBuffer to) {
    for (long i = 0; i < FRAMES; i++) {
      double noise = ((i * 0x9E3779B97F4A7C15L) >> 11) * 0x1p-53;
      to.segment().setAtIndex(ValueLayout.JAVA_DOUBLE, i, noise);
    }
  }

  private static void filter(Backend backend, SignalBuffer samples) {
    PlanOptions options = PlanOptions.DEFAULTS.withBackend(backend.name());
    try (Plan plan = new Planner(List.of(backend)).prepare(CHAIN, FORMAT, options)) {
      assertEquals(FRAMES, plan.forward(samples, samples));
    }
  }
}
