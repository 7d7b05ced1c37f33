package io.github.millrace.contract;

import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.CustomKernel;
import io.github.millrace.stage.CustomStage;

/** A running sum of each channel, halved each frame, that fails when its fuse burns through. */
record FusedStage(Fuse fuse) implements CustomStage {

  @Override
  public StreamFormat output(StreamFormat in) {
    return in;
  }

  @Override
  public boolean keepsLength() {
    return true;
  }

  @Override
  public String describe() {
    return "fused sum";
  }

  @Override
  public CustomKernel kernel(StreamFormat in) {
    return new Sum(in.channels());
  }

  private final class Sum implements CustomKernel {
    private double[] sums;

    Sum(int channels) {
      sums = new double[channels];
    }

    @Override
    public int process(double[][] in, double[][] out, int frames) {
      for (int c = 0; c < in.length; c++) {
        for (int i = 0; i < frames; i++) {
          sums[c] = sums[c] / 2 + in[c][i];
          out[c][i] = sums[c];
        }
        fuse.pass();
      }
      return frames;
    }

    @Override
    public double[] state() {
      return sums.clone();
    }

    @Override
    public void restore(double[] values) {
      sums = values.clone();
    }

    @Override
    public void reset() {
      sums = new double[sums.length];
    }
  }
}
