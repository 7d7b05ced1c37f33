package io.github.millrace.cpu;

import io.github.millrace.backend.Kernel;
import io.github.millrace.backend.Step;
import io.github.millrace.plan.StageState;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.CustomKernel;
import io.github.millrace.stage.CustomStage;

/** Lets a user's kernel, which works on arrays of doubles, take part in a chain. */
final class CustomStageKernel implements Kernel<CpuBlock> {

  private static final int BLOCK = 1024;

  private final Step step;
  private final CustomKernel kernel;
  private final Samples[] inputs;
  private final Samples[] outputs;
  private final double[][] inputValues;
  private final double[][] outputValues;

  CustomStageKernel(Step step) {
    this.step = step;
    kernel = ((CustomStage) step.stage()).kernel(step.in());
    StreamFormat out = step.out();
    inputs = samples(step.in().planes(), BLOCK);
    outputs = samples(out.planes(), Math.max(1, kernel.maxOutputFrames(BLOCK)));
    inputValues = values(inputs);
    outputValues = values(outputs);
  }

  private Samples[] samples(int planes, int capacity) {
    Samples[] all = new Samples[planes];
    for (int p = 0; p < planes; p++) {
      all[p] = new Samples(capacity, step);
    }
    return all;
  }

  private static double[][] values(Samples[] samples) {
    double[][] values = new double[samples.length][];
    for (int p = 0; p < samples.length; p++) {
      values[p] = samples[p].values;
    }
    return values;
  }

  @Override
  public long run(CpuBlock in, CpuBlock out, long frames) {
    long written = 0;
    int count;
    for (long at = 0; at < frames; at += count) {
      count = (int) Math.min(BLOCK, frames - at);
      for (int p = 0; p < inputs.length; p++) {
        inputs[p].range(0, count);
        in.load(p, at, inputs[p]);
      }
      int made = kernel.process(inputValues, outputValues, count);
      written += store(outputs, made, out, written);
    }
    return written;
  }

  private int store(Samples[] made, int frames, CpuBlock out, long at) {
    int room = made[0].values.length;
    if (frames < 0 || frames > room) {
      throw new IllegalStateException(
          step.stage().describe()
              + " says it wrote "
              + frames
              + " frames, its block has room for "
              + room);
    }
    for (int p = 0; p < made.length; p++) {
      made[p].range(0, frames);
      out.store(p, at, made[p]);
    }
    return frames;
  }

  @Override
  public long flush(CpuBlock out, long limit) {
    int room = (int) Math.min(limit, outputs[0].values.length);
    Samples[] tail = samples(outputs.length, room);
    return store(tail, kernel.flush(values(tail)), out, 0);
  }

  @Override
  public long maxOutputFrames(long frames) {
    long whole = frames / BLOCK * kernel.maxOutputFrames(BLOCK);
    int rest = (int) (frames % BLOCK);
    return rest == 0 ? whole : whole + kernel.maxOutputFrames(rest);
  }

  @Override
  public long flushFrames() {
    return kernel.flushFrames();
  }

  @Override
  public long latencyFrames() {
    return kernel.latencyFrames();
  }

  @Override
  public boolean keepsLength() {
    return kernel.maxOutputFrames(1) == 1 && kernel.latencyFrames() == 0;
  }

  @Override
  public void reset() {
    kernel.reset();
  }

  @Override
  public StageState state() {
    double[] values = kernel.state();
    return values.length == 0
        ? StageState.none()
        : StageState.of(new int[] {values.length}, values);
  }

  @Override
  public void restore(StageState state) {
    state().requireShapeOf(state, step.stage().describe());
    kernel.restore(state.values());
  }

  @Override
  public String describe() {
    return "custom kernel";
  }

  @Override
  public void close() {
    kernel.close();
  }
}
