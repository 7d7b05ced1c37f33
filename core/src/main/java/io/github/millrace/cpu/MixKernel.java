package io.github.millrace.cpu;

import io.github.millrace.backend.Kernel;
import io.github.millrace.backend.Step;
import io.github.millrace.host.Crew;
import io.github.millrace.stage.Mix;

/** Weighted sums of channels; the crew shares out time, since every output needs every input. */
final class MixKernel implements Kernel<CpuBlock>, Crew.Job {

  private static final int BLOCK = 512;

  private final Step step;
  private final Crew.Task task;
  private final double[][] weights;
  private final Samples[][] inputs;
  private final Samples[] sums;
  private CpuBlock in;
  private CpuBlock out;
  private long frames;

  MixKernel(Step step, Crew crew) {
    this.step = step;
    task = crew.task(this);
    weights = ((Mix) step.stage()).weights();
    inputs = new Samples[crew.expect(crew.size())][step.in().channels()];
    sums = new Samples[inputs.length];
    for (int part = 0; part < sums.length; part++) {
      sums[part] = new Samples(BLOCK, step);
      for (int c = 0; c < inputs[part].length; c++) {
        inputs[part][c] = new Samples(BLOCK, step);
      }
    }
  }

  @Override
  public long run(CpuBlock from, CpuBlock to, long count) {
    in = from;
    out = to;
    frames = count;
    task.run((int) Math.min(inputs.length, 1 + count / BLOCK), count * step.in().planes());
    return count;
  }

  @Override
  public boolean reachesHeap() {
    return true;
  }

  @Override
  public void part(int part, int parts) {
    long end = (part + 1) * frames / parts;
    int count;
    for (long at = part * frames / parts; at < end; at += count) {
      count = (int) Math.min(BLOCK, end - at);
      for (int c = 0; c < inputs[part].length; c++) {
        inputs[part][c].range(0, count);
        in.load(c, at, inputs[part][c]);
      }
      for (int o = 0; o < weights.length; o++) {
        sums[part].range(0, count);
        sum(weights[o], inputs[part], sums[part]);
        out.store(o, at, sums[part]);
      }
    }
  }

  private static void sum(double[] row, Samples[] channels, Samples sum) {
    double[] to = sum.values;
    int count = sum.frames;
    for (int i = 0; i < count; i++) {
      to[i] = row[0] * channels[0].values[i];
    }
    for (int c = 1; c < row.length; c++) {
      double weight = row[c];
      double[] from = channels[c].values;
      for (int i = 0; i < count; i++) {
        to[i] += weight * from[i];
      }
    }
  }

  @Override
  public boolean keepsLength() {
    return step.in().channels() == weights.length;
  }

  @Override
  public void reset() {}

  @Override
  public String describe() {
    return step.in().channels() + " x " + weights.length + " matrix";
  }
}
