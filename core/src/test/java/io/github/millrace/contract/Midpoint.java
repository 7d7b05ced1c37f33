package io.github.millrace.contract;

import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.CustomKernel;
import io.github.millrace.stage.CustomStage;
import io.github.millrace.stage.Stage;

/**
 * A user's stage that looks one frame ahead: {@code y[n] = (x[n] + x[n+1]) / 2}, silence after the
 * end.
 */
record Midpoint() implements CustomStage {

  @Override
  public StreamFormat output(StreamFormat in) {
    return Stage.requireTime(this, in);
  }

  @Override
  public String describe() {
    return "midpoint";
  }

  @Override
  public CustomKernel kernel(StreamFormat in) {
    return new MidpointKernel(in.channels());
  }

  /**
   * Holds back the last frame of each channel; the first value of its state says whether it has
   * one.
   */
  private static final class MidpointKernel implements CustomKernel {
    private final double[] state;

    MidpointKernel(int channels) {
      state = new double[1 + channels];
    }

    @Override
    public int process(double[][] in, double[][] out, int frames) {
      int held = (int) state[0];
      for (int c = 0; c < in.length; c++) {
        if (held == 1) {
          out[c][0] = 0.5 * (in[c][0] + state[1 + c]);
        }
        for (int i = 1; i < frames; i++) {
          out[c][i - 1 + held] = 0.5 * (in[c][i] + in[c][i - 1]);
        }
        state[1 + c] = in[c][frames - 1];
      }
      state[0] = 1;
      return frames - 1 + held;
    }

    @Override
    public int flush(double[][] out) {
      int held = (int) state[0];
      for (int c = 0; c < out.length && held == 1; c++) {
        out[c][0] = 0.5 * state[1 + c];
      }
      state[0] = 0;
      return held;
    }

    @Override
    public long flushFrames() {
      return 1;
    }

    @Override
    public long latencyFrames() {
      return 1;
    }

    @Override
    public double[] state() {
      return state.clone();
    }

    @Override
    public void restore(double[] values) {
      System.arraycopy(values, 0, state, 0, state.length);
    }

    @Override
    public void reset() {
      java.util.Arrays.fill(state, 0);
    }
  }
}
