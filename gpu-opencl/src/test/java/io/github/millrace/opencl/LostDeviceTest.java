package io.github.millrace.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.backend.Backend;
import io.github.millrace.choice.Planner;
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
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.Resample;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A device that is lost at any of its calls is named with the call and the error, and leaves a
 * closed plan and no memory behind.
 */
class LostDeviceTest {

  private static final StreamFormat FORMAT = new StreamFormat(48_000, 2, SampleType.FLOAT32);
  private static final int FRAMES = 10_000;

  /** Of a block: three make the signal, and the last is not full. */
  private static final long BYTES = 32 << 10;

  private static final Pipeline CHAIN =
      Pipeline.of(
          Iir.butterworth(4, Band.low(2_000)),
          Delay.ofFrames(100),
          Fir.of(0.5, 0.25, -0.5).with(Fir.Method.OVERLAP_SAVE),
          Mix.matrix(new double[][] {{1, 0.5}, {-0.5, 1}}),
          new Resample(16_000, Resample.Quality.FAST),
          Iir.butterworth(2, Band.high(100)));

  private FragileAccelerator driver;
  private Plan plan;

  @BeforeEach
  void requireDevice() {
    Assumptions.assumeTrue(Drivers.absence().isEmpty(), () -> Drivers.absence().get());
  }

  @ParameterizedTest
  @EnumSource(ClAccelerator.Staging.class)
  void anyCallMayBeTheLast(ClAccelerator.Staging staging) {
    life(staging, Integer.MAX_VALUE);
    int calls = driver.calls.get();
    assertTrue(calls > 100, calls + " calls");
    for (int most = 0; most < calls - 1; most++) { // the last is in close, which goes on
      int survived = most;
      BackendException e = assertThrows(BackendException.class, () -> life(staging, survived));
      String name = driver.info().name();
      String text = "OpenCL device " + name + ": cl";
      assertTrue(e.getMessage().contains(text), e.getMessage());
      assertTrue(e.getMessage().endsWith("failed: CL_DEVICE_NOT_AVAILABLE"), e.getMessage());
      requireGone(most);
    }
    System.out.printf("a device lost at each of %d calls, %s%n", calls, staging);
  }

  private void requireGone(int most) {
    long open = driver.memories.stream().filter(memory -> !memory.isClosed()).count();
    assertEquals(0, open, "open after call " + most);
    if (plan != null) {
      IllegalStateException e = assertThrows(IllegalStateException.class, () -> plan.state());
      String why = "the plan is closed: " + BackendException.class.getName() + ": OpenCL device";
      assertTrue(e.getMessage().startsWith(why), e.getMessage());
    }
  }

  /** All that a plan can be asked for. */
  private void life(ClAccelerator.Staging staging, int most) {
    plan = null;
    Backend backend =
        new OpenClBackend(
            device -> {
              ClAccelerator real = new ClAccelerator(device, staging);
              driver = new FragileAccelerator(real, most, BYTES);
              return driver;
            });
    PlanOptions options = PlanOptions.DEFAULTS.withBackend("opencl");
    try (SignalBuffer in = SignalBuffer.allocate(FORMAT, FRAMES);
        SignalBuffer out = SignalBuffer.allocate(FORMAT, FRAMES)) {
      try (Plan prepared = new Planner(List.of(backend)).prepare(CHAIN, FORMAT, options)) {
        plan = prepared;
        plan.forward(in, out);
        plan.restore(plan.state());
        plan.forward(in, out);
        plan.flush(out);
        plan.reset();
      }
    }
  }
}
