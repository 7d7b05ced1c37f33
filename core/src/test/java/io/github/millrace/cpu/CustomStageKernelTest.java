package io.github.millrace.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.CustomKernel;
import io.github.millrace.stage.CustomStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A user's kernel is held to the counts that its stage declares. */
class CustomStageKernelTest {

  private static final StreamFormat STEREO = new StreamFormat(48_000, 2, SampleType.FLOAT64);

  /** How a kernel goes wrong, and what is said of it. */
  enum Fault {
    NONE(""),
    ONE_LESS("keeps the length, process wrote 4 frames, expected the 5 read"),
    ONE_MORE("process wrote 6 frames, expected 0 to 5"),
    NEGATIVE("process wrote -1 frames, expected 0 to 5"),
    REPLACED("replaced the array of plane 1"),
    PROMISE("says that 1024 frames become at most 1025, expected the same"),
    LONG_FLUSH("flush wrote 3 frames, expected 0 to 1");

    private final String message;

    Fault(String message) {
      this.message = message;
    }
  }

  /** Doubles its input, with a fault. */
  private record Doubler(Fault fault, boolean keepsLength) implements CustomStage {
    @Override
    public StreamFormat output(StreamFormat in) {
      return in;
    }

    @Override
    public String describe() {
      return "doubler";
    }

    @Override
    public CustomKernel kernel(StreamFormat in) {
      return new DoublerKernel(fault);
    }
  }

  private record DoublerKernel(Fault fault) implements CustomKernel {
    @Override
    public int process(double[][] in, double[][] out, int frames) {
      for (int p = 0; p < in.length; p++) {
        for (int i = 0; i < frames; i++) {
          out[p][i] = 2 * in[p][i];
        }
      }
      if (fault == Fault.REPLACED) {
        out[1] = out[1].clone();
      }
      return switch (fault) {
        case ONE_LESS -> frames - 1;
        case ONE_MORE -> frames + 1;
        case NEGATIVE -> -1;
        case NONE, REPLACED, PROMISE, LONG_FLUSH -> frames;
      };
    }

    @Override
    public int maxOutputFrames(int frames) {
      return fault == Fault.PROMISE ? frames + 1 : frames;
    }

    @Override
    public int flush(double[][] out) {
      return fault == Fault.LONG_FLUSH ? 3 : 0;
    }

    @Override
    public long flushFrames() {
      return 1;
    }

    @Override
    public void reset() {}
  }

  private static Plan plan(Fault fault, boolean keepsLength) {
    return Pipeline.of(new Doubler(fault, keepsLength))
        .prepare(STEREO, PlanOptions.DEFAULTS.withBackend("java"));
  }

  @ParameterizedTest
  @EnumSource
  void countsAreHeldToWhatIsDeclared(Fault fault) {
    double[][] x = KernelRig.noise(2, 5, 1);
    if (fault == Fault.NONE) {
      try (Plan plan = plan(fault, true)) {
        assertEquals(2 * x[1][4], KernelRig.whole(plan, x)[1][4]);
      }
      return;
    }
    var e =
        assertThrows(
            IllegalStateException.class,
            () -> {
              try (Plan plan = plan(fault, true)) {
                KernelRig.whole(plan, x);
              }
            });
    assertTrue(e.getMessage().contains("doubler: " + fault.message), e.getMessage());
  }

  @Test
  void onlyWhatIsDeclaredRunsInPlace() {
    double[][] x = KernelRig.noise(2, 2_500, 2);
    try (Plan kept = plan(Fault.NONE, true);
        Plan open = plan(Fault.NONE, false)) {
      assertTrue(kept.keepsLength());
      assertArrayEquals(KernelRig.forward(open, x), KernelRig.inPlace(kept, x));
      assertEquals(false, open.keepsLength());
      assertThrows(IllegalArgumentException.class, () -> KernelRig.inPlace(open, x));
    }
  }
}
