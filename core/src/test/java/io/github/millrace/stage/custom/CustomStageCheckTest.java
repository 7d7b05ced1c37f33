package io.github.millrace.stage.custom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.CustomKernel;
import io.github.millrace.stage.CustomStage;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The check passes what is right and names what is wrong; look-ahead kernels pass it. */
class CustomStageCheckTest {

  private static final StreamFormat STEREO = new StreamFormat(48_000, 2, SampleType.FLOAT64);

  /** The largest magnitude of a frame and those ahead, held by a slow decay. */
  private record Peak(int ahead) implements CustomStage {
    @Override
    public StreamFormat output(StreamFormat in) {
      return in;
    }

    @Override
    public String describe() {
      return "peak";
    }

    @Override
    public CustomKernel kernel(StreamFormat in) {
      return new PeakKernel(in.planes(), ahead);
    }
  }

  private static final class PeakKernel extends LookAheadKernel {
    private final int ahead;
    private final double[] level;

    PeakKernel(int planes, int ahead) {
      super(planes, ahead);
      this.ahead = ahead;
      level = new double[planes];
    }

    @Override
    protected void filter(double[][] in, double[][] out, int frames) {
      for (int p = 0; p < level.length; p++) {
        for (int i = 0; i < frames; i++) {
          level[p] *= 0.99;
          for (int k = i; k <= i + ahead; k++) {
            level[p] = Math.max(level[p], Math.abs(in[p][k]));
          }
          out[p][i] = level[p];
        }
      }
    }

    @Override
    protected double[] ownState() {
      return level.clone();
    }

    @Override
    protected void restoreOwn(double[] values) {
      System.arraycopy(values, 0, level, 0, level.length);
    }

    @Override
    protected void resetOwn() {
      Arrays.fill(level, 0);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 63, 1_024, 2_999, 3_000, 5_000})
  void aLookAheadKernelPassesAndIsItsDefinition(int ahead) {
    CustomStageCheck.of(new Peak(ahead), STEREO).run();
    CustomStageCheck.of(new Peak(ahead), STEREO.withChannels(1)).run();
    double[] x = new Random(ahead).doubles(2_500, -1, 1).toArray();
    double[] expected = new double[x.length];
    double level = 0;
    for (int n = 0; n < x.length; n++) {
      level *= 0.99;
      for (int k = n; k <= n + ahead && k < x.length; k++) {
        level = Math.max(level, Math.abs(x[k]));
      }
      expected[n] = level;
    }
    assertArrayEquals(expected, Pipeline.of(new Peak(ahead)).filter(x, 48_000));
    try (Plan plan = Pipeline.of(new Peak(ahead)).prepare(STEREO)) {
      assertEquals(ahead, plan.latencyFrames());
      assertEquals(ahead, plan.flushFrames());
      assertEquals(false, plan.keepsLength());
    }
  }

  @Test
  void aStateThatDoesNotFitChangesNothing() {
    PeakKernel kernel = new PeakKernel(1, 3);
    kernel.process(new double[][] {{1, 2}}, new double[1][2], 2);
    double[] state = kernel.state();
    assertArrayEquals(new double[] {2, 1, 2, 0, 0}, state);
    assertThrows(IllegalArgumentException.class, () -> kernel.restore(new double[4]));
    for (double count : new double[] {-1, 4, 0.5, Double.NaN}) {
      double[] wrong = {count, 9, 9, 9, 9};
      assertThrows(IllegalArgumentException.class, () -> kernel.restore(wrong));
    }
    assertArrayEquals(state, kernel.state());
  }

  /** Keeps every third frame, or writes each twice. */
  private record Rate(boolean up) implements CustomStage {
    @Override
    public StreamFormat output(StreamFormat in) {
      return in.withSampleRate(up ? 2 * in.sampleRate() : in.sampleRate() / 3);
    }

    @Override
    public String describe() {
      return up ? "twice" : "every third";
    }

    @Override
    public CustomKernel kernel(StreamFormat in) {
      return new RateKernel(up);
    }
  }

  private static final class RateKernel implements CustomKernel {
    private final boolean up;
    private int phase;

    RateKernel(boolean up) {
      this.up = up;
    }

    @Override
    public int process(double[][] in, double[][] out, int frames) {
      int made = 0;
      for (int i = 0; i < frames; i++) {
        for (int copies = up ? 2 : phase == 0 ? 1 : 0; copies > 0; copies--) {
          for (int p = 0; p < in.length; p++) {
            out[p][made] = in[p][i];
          }
          made++;
        }
        phase = (phase + 1) % 3;
      }
      return made;
    }

    @Override
    public int maxOutputFrames(int frames) {
      return up ? 2 * frames : (frames + 2) / 3;
    }

    @Override
    public double[] state() {
      return new double[] {phase};
    }

    @Override
    public void restore(double[] values) {
      phase = (int) values[0];
    }

    @Override
    public void reset() {
      phase = 0;
    }
  }

  @Test
  void otherRatesPass() {
    CustomStageCheck.of(new Rate(true), STEREO).run();
    CustomStageCheck.of(new Rate(false), STEREO).run();
  }

  /** One thing that a kernel gets wrong, and what the check says. */
  enum Fault {
    SHARED("two kernels that take turns: frame"),
    NO_RESET("reset in mid-stream: 3001 frames were written, 3000 in one block"),
    LIVE_STATE("spoilt, in the kernel that gave it: frame"),
    NO_STATE("state taken after 1 frames and set in another kernel: "),
    READS_PAST("blocks of 1: frame"),
    SAYS_MORE("says it wrote 3000 frames, frame 2999 of plane 0 was not"),
    TOO_MANY("process of 3000 frames wrote 3001 frames, expected 0 to 3000"),
    BLOCKWISE("blocks of 1: frame"),
    NOT_KEPT("wrote 2999, expected as many, as the stage keeps the length"),
    LATE("1 frames are held back after 1, latencyFrames says at most 0"),
    LONG_FLUSH("flush wrote 2 frames, expected 0 to 1"),
    REPLACES("replaced the array of plane 1");

    private final String message;

    Fault(String message) {
      this.message = message;
    }
  }

  /** The sum of all frames so far, one frame late. */
  private record Sum(Fault fault) implements CustomStage {
    private static final double[] COMMON = new double[5];

    @Override
    public StreamFormat output(StreamFormat in) {
      return in;
    }

    @Override
    public String describe() {
      return "sum";
    }

    @Override
    public boolean keepsLength() {
      return fault == Fault.NOT_KEPT;
    }

    @Override
    public CustomKernel kernel(StreamFormat in) {
      if (fault == Fault.SHARED) {
        Arrays.fill(COMMON, 0);
        return new SumKernel(fault, COMMON);
      }
      return new SumKernel(fault, new double[5]);
    }
  }

  /** State: whether a frame is held, then the sum of each plane, then the held frame of each. */
  private static final class SumKernel implements CustomKernel {
    private final Fault fault;
    private final double[] s;

    SumKernel(Fault fault, double[] state) {
      this.fault = fault;
      s = state;
    }

    @Override
    public int process(double[][] in, double[][] out, int frames) {
      int first = (int) s[0];
      int end = fault == Fault.READS_PAST ? frames + 1 : frames;
      for (int p = 0; p < 2; p++) {
        int made = 0;
        for (int i = 0; i < frames; i++) {
          if (i > 0 || first == 1) {
            s[1 + p] += s[3 + p];
            out[p][made++] = s[1 + p];
          }
          s[3 + p] =
              fault == Fault.READS_PAST && i == frames - 1 && end <= in[p].length
                  ? in[p][end - 1]
                  : in[p][i];
        }
        if (fault == Fault.BLOCKWISE) {
          s[1 + p] *= 0.5;
        }
      }
      if (fault == Fault.REPLACES) {
        out[1] = out[1].clone();
      }
      s[0] = 1;
      int more = fault == Fault.TOO_MANY ? 2 : fault == Fault.SAYS_MORE ? 1 : 0;
      return frames - 1 + first + (first == 0 ? more : 0);
    }

    @Override
    public int flush(double[][] out) {
      int held = (int) s[0];
      for (int p = 0; p < 2 && held == 1; p++) {
        s[1 + p] += s[3 + p];
        out[p][0] = s[1 + p];
      }
      s[0] = 0;
      return held == 1 && fault == Fault.LONG_FLUSH ? 2 : held;
    }

    @Override
    public long flushFrames() {
      return 1;
    }

    @Override
    public long latencyFrames() {
      return fault == Fault.LATE ? 0 : 1;
    }

    @Override
    public double[] state() {
      return fault == Fault.NO_STATE ? new double[0] : fault == Fault.LIVE_STATE ? s : s.clone();
    }

    @Override
    public void restore(double[] values) {
      System.arraycopy(values, 0, s, 0, values.length);
    }

    @Override
    public void reset() {
      Arrays.fill(s, fault == Fault.NO_RESET ? 1 : 0, 5, 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyFaultIsNamed(Fault fault) {
    CustomStageCheck check = CustomStageCheck.of(new Sum(fault), STEREO);
    var e = assertThrows(IllegalStateException.class, check::run);
    assertTrue(e.getMessage().startsWith("stage sum: "), e.getMessage());
    assertTrue(e.getMessage().contains(fault.message), e.getMessage());
  }

  @Test
  void withoutAFaultItPasses() {
    CustomStageCheck.of(new Sum(null), STEREO).run();
  }
}
