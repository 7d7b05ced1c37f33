package io.github.millrace.cpu;

import io.github.millrace.backend.Kernel;
import io.github.millrace.backend.Step;
import io.github.millrace.plan.StageState;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.CustomKernel;
import io.github.millrace.stage.CustomStage;

/**
 * Lets a user's kernel, which works on arrays of doubles, take part in a chain, and holds it to
 * what its stage declares: a count of frames that was not promised ends the run before anything is
 * written out of bounds.
 */
final class CustomStageKernel implements Kernel<CpuBlock> {

  private static final int BLOCK = 1024;

  private final Step step;
  private final CustomKernel kernel;
  private final Samples[] inputs;
  private final Samples[] outputs;
  private final double[][] inputValues;
  private final double[][] outputValues;
  private final boolean keepsLength;
  private final int most;
  private long flushed;

  CustomStageKernel(Step step) {
    this.step = step;
    CustomStage stage = (CustomStage) step.stage();
    kernel = stage.kernel(step.in());
    keepsLength = stage.keepsLength();
    most = most(BLOCK);
    StreamFormat out = step.out();
    inputs = samples(step.in().planes(), BLOCK);
    outputs = samples(out.planes(), Math.max(1, most));
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
      requireCount("process", made, count == BLOCK ? most : most(count));
      if (keepsLength && made != count) {
        throw broken(
            "keeps the length, process wrote " + made + " frames, expected the " + count + " read");
      }
      requireArrays(inputs, inputValues);
      requireArrays(outputs, outputValues);
      written += store(outputs, made, out, written);
    }
    return written;
  }

  private int store(Samples[] made, int frames, CpuBlock out, long at) {
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
    double[][] values = values(tail);
    int made = kernel.flush(values);
    requireCount("flush", made, Math.min(room, kernel.flushFrames() - flushed));
    requireArrays(tail, values);
    flushed += made;
    return store(tail, made, out, 0);
  }

  @Override
  public long maxOutputFrames(long frames) {
    long whole = Math.multiplyExact(frames / BLOCK, (long) most);
    int rest = (int) (frames % BLOCK);
    return rest == 0 ? whole : whole + most(rest);
  }

  private int most(int frames) {
    int promised = kernel.maxOutputFrames(frames);
    if (promised < 0 || (keepsLength && promised != frames)) {
      throw broken(
          "says that "
              + frames
              + " frames become at most "
              + promised
              + ", expected "
              + (keepsLength ? "the same, as it keeps the length" : "at least 0"));
    }
    return promised;
  }

  private void requireCount(String call, int made, long room) {
    if (made < 0 || made > room) {
      throw broken(call + " wrote " + made + " frames, expected 0 to " + room);
    }
  }

  /** What a kernel puts in the place of its arrays would be lost without a word. */
  @SuppressWarnings("ReferenceEquality") // the very array is asked for
  private void requireArrays(Samples[] mine, double[][] given) {
    for (int p = 0; p < mine.length; p++) {
      if (mine[p].values != given[p]) {
        throw broken("replaced the array of plane " + p + ", expected samples written into it");
      }
    }
  }

  private IllegalStateException broken(String how) {
    return new IllegalStateException("stage " + step.stage().describe() + ": " + how);
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
    return keepsLength;
  }

  @Override
  public void reset() {
    kernel.reset();
    flushed = 0;
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
    flushed = 0;
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
