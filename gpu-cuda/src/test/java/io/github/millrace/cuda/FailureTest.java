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
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every call of the driver fails once: the error has its name, and nothing is left behind. */
class FailureTest {

  private static final StreamFormat FORMAT = new StreamFormat(48_000, 2, SampleType.FLOAT32);
  private static final int FRAMES = 10_000;

  /** Of a block: three make the signal, and the last is not full. */
  private static final long BLOCK_BYTES = 32 << 10;

  private static final Pipeline CHAIN =
      Pipeline.of(
          Iir.butterworth(4, Band.low(2_000)),
          Delay.ofFrames(100),
          Fir.of(0.5, 0.25, -0.5).with(Fir.Method.OVERLAP_SAVE));

  /** How a driver fails. */
  enum Fault {
    /** Once: the next call may succeed. */
    OUT_OF_MEMORY(2, false, 1),
    /** A kernel went astray: nothing works in this context any more. */
    ILLEGAL_ADDRESS(700, true, 1),
    /** The device is gone, and no context can be had for now. */
    DEVICE_UNAVAILABLE(46, true, 7);

    final int code;
    final boolean sticks;
    final int every;

    Fault(int code, boolean sticks, int every) {
      this.code = code;
      this.sticks = sticks;
      this.every = every;
    }
  }

  private FakeDriver driver;
  private Backend backend;
  private Plan plan;
  private long faults;

  @BeforeEach
  void requireDriver() {
    FakeDriver.absence().ifPresent(Assumptions::abort);
    driver = FakeDriver.get();
    faults = driver.faults();
    CudaDiscovery discovery = driver.discovery();
    backend =
        new CudaBackend(
            () -> discovery,
            device ->
                new CudaAccelerator(device, device.limits().withLargestAllocation(BLOCK_BYTES)));
  }

  @AfterEach
  void mend() {
    if (driver != null) {
      FakeDriver.get();
      assertEquals(faults, driver.faults());
    }
  }

  @ParameterizedTest
  @EnumSource
  void anyCallMayFail(Fault fault) {
    driver.fail(Long.MAX_VALUE - 1, 0, false);
    life();
    long calls = driver.calls();
    int thrown = 0;
    for (long survived = 0; survived < calls; survived += fault.every) {
      driver.fail(survived, fault.code, fault.sticks);
      try {
        life();
        assertTrue(mayFailUnseen(), driver.failed() + " failed unseen");
      } catch (BackendException e) {
        thrown++;
        requireWords(e, fault);
      }
      requireNothingLeft(survived);
      driver.fail(Long.MAX_VALUE - 1, 0, false);
      if (survived % 5 == 0) { // the next plan finds a device that works
        life();
      }
    }
    long failures = Math.ceilDiv(calls, (long) fault.every);
    assertTrue(thrown > failures / 2, thrown + " of " + failures);
    System.out.printf("%s at %d of %d calls, %d seen%n", fault, failures, calls, thrown);
  }

  /** Freeing goes on whatever happens, and memory that could not be pinned serves as it is. */
  private boolean mayFailUnseen() {
    return List.of(
            "cuMemFree_v2",
            "cuMemFreeHost",
            "cuStreamDestroy_v2",
            "cuCtxSetCurrent",
            "cuMemHostRegister_v2",
            "cuMemHostUnregister",
            "cuStreamSynchronize")
        .contains(driver.failed());
  }

  private void requireWords(BackendException e, Fault fault) {
    // Of three threads that meet a lost device, the last one speaks.
    String call = fault.sticks ? "cu" : driver.failed().replace("_v2", "");
    String text = "CUDA device Fake 40: " + call;
    assertTrue(e.getMessage().contains(text), call + " is not in " + e.getMessage());
    assertTrue(e.getMessage().contains("failed: CUDA_ERROR_" + fault), e.getMessage());
  }

  private void requireNothingLeft(long survived) {
    for (String kind : List.of("memories", "host memories", "streams", "graphs")) {
      assertEquals(0, driver.live(kind), kind + " after " + survived + ", " + driver.failed());
    }
    if (plan != null) {
      IllegalStateException e = assertThrows(IllegalStateException.class, () -> plan.state());
      assertTrue(e.getMessage().startsWith("the plan is closed"), e.getMessage());
    }
  }

  /** All that a plan can be asked for; the input is as it was, whatever happens. */
  private void life() {
    plan = null;
    PlanOptions options = PlanOptions.DEFAULTS.withBackend("cuda");
    try (SignalBuffer in = SignalBuffer.allocate(FORMAT, FRAMES);
        SignalBuffer out = SignalBuffer.allocate(FORMAT, FRAMES)) {
      in.set(0, 0, 1);
      in.set(1, FRAMES - 1, 2);
      double[] left = in.toDoubles(0);
      double[] right = in.toDoubles(1);
      try (Plan prepared = new Planner(List.of(backend)).prepare(CHAIN, FORMAT, options)) {
        plan = prepared;
        plan.forward(in, out);
        try (SignalBuffer pinned = plan.allocate(FORMAT, 4096)) {
          plan.forward(pinned, pinned);
        }
        plan.restore(plan.state());
        plan.flush(out);
        plan.reset();
      } finally {
        assertArrayEquals(left, in.toDoubles(0));
        assertArrayEquals(right, in.toDoubles(1));
      }
    }
  }

  /** A device that fails at prepare is passed by, with the reason. */
  @Test
  void autoFallsBackAtPrepare() {
    Planner planner = new Planner(List.of(backend, new JavaBackend()));
    PlanOptions options = PlanOptions.DEFAULTS.withLength(Length.once(1L << 40));
    try (Plan first = planner.prepare(CHAIN, FORMAT, options)) {
      assertEquals("cuda", first.device().backend(), first::reason);
    }
    driver.fail(0, 700, true);
    try (Plan second = planner.prepare(CHAIN, FORMAT, options)) {
      assertEquals("java", second.device().backend());
      assertTrue(second.reason().contains("CUDA_ERROR_ILLEGAL_ADDRESS"), second::reason);
      assertTrue(second.reason().contains("cuda: CUDA device Fake 40: "), second::reason);
    }
  }

  /** The words of the compiler in the driver are passed on. */
  @Test
  void ptxThatTheDriverRejects() {
    CudaBackend fresh = driver.backend();
    PlanOptions options = PlanOptions.DEFAULTS.withBackend("cuda");
    BackendException e = new BackendException("none");
    for (long survived = 0; survived < 30 && !e.getMessage().contains("Module"); survived++) {
      driver.fail(survived, 218, false);
      e =
          assertThrows(
              BackendException.class,
              () -> new Planner(List.of(fresh)).prepare(Pipeline.of(new Gain(2)), FORMAT, options));
    }
    String words = e.getMessage();
    assertTrue(
        words.contains("CUDA device Fake 40: cuModuleLoadDataEx of gain: ptxas fatal   : as the"),
        words);
    assertTrue(words.contains("CUDA_ERROR_INVALID_PTX"), words);
  }
}
