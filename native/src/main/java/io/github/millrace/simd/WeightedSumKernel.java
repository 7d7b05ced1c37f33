package io.github.millrace.simd;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.millrace.backend.Kernel;
import io.github.millrace.backend.Step;
import io.github.millrace.cpu.CpuBlock;
import io.github.millrace.host.Crew;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Mix;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Weighted sums of channels, and gains, which are sums of one channel each; the crew shares out
 * time.
 *
 * <p>C pays where nothing else touches the samples: 2^23 float32 frames of two channels, Java mixed
 * at 1,480 and scaled at 2,210 million samples a second, a copy took 5,800 (2-core Zen 5 VM,
 * AVX-512, one thread, November 2026).
 */
final class WeightedSumKernel implements Kernel<CpuBlock>, Crew.Job {

  /** Fewer frames are over before another thread wakes. */
  private static final long LEAST_RUN = 1 << 13;

  /** Runs begin at whole cache lines wherever the block does. */
  private static final long LINE_FRAMES = 16;

  private final Arena arena = Arena.ofShared();
  private final Step step;
  private final Setting setting;
  private final Crew.Task task;
  private final MixFunctions functions;
  private final MemorySegment struct;
  private final double[][] weights;
  private final int times;
  private final Span[] inputs;
  private final Span[] outputs;
  private final long[] scratch;
  private CpuBlock in;
  private CpuBlock out;
  private long frames;

  WeightedSumKernel(Step step, Setting setting) {
    this.step = step;
    this.setting = setting;
    task = setting.crew().task(this);
    weights = weights(step);
    times = step.in().planes() / weights[0].length;
    functions = new MixFunctions(setting.library(), setting.suffix(step.in().type()));
    struct = arena.allocate(Structs.Mix.BYTES, 8);
    int parts = setting.crew().expect(setting.crew().size());
    inputs = new Span[parts];
    outputs = new Span[parts];
    scratch = new long[parts];
    try {
      fill();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** With the multipliers on loads and stores in them. */
  private static double[][] weights(Step step) {
    double[][] weights =
        step.stage() instanceof Mix mix
            ? mix.weights()
            : new double[][] {{((Gain) step.stage()).factor()}};
    for (double[] row : weights) {
      for (int c = 0; c < row.length; c++) {
        row[c] *= step.loadGain() * step.storeGain();
      }
    }
    return weights;
  }

  private void fill() {
    struct.set(JAVA_LONG, Structs.Mix.INPUTS.at(), weights[0].length);
    struct.set(JAVA_LONG, Structs.Mix.OUTPUTS.at(), weights.length);
    MemorySegment rows = arena.allocate(JAVA_DOUBLE, (long) weights.length * weights[0].length);
    for (int o = 0; o < weights.length; o++) {
      MemorySegment.copy(
          weights[o], 0, rows, JAVA_DOUBLE, 8L * o * weights[o].length, weights[o].length);
    }
    struct.set(JAVA_LONG, Structs.Mix.WEIGHTS.at(), rows.address());
    long bytes = functions.scratchBytes(struct.address());
    for (int part = 0; part < scratch.length; part++) {
      inputs[part] = new Span();
      outputs[part] = new Span();
      scratch[part] = arena.allocate(bytes, 64).address();
    }
  }

  @Override
  public long run(CpuBlock from, CpuBlock to, long count) {
    in = from;
    out = to;
    frames = count;
    boolean streams = setting.streams(count * to.planes() * to.type().bytes());
    struct.set(JAVA_LONG, Structs.Mix.FLAGS.at(), streams ? Structs.STREAM : 0);
    task.run(Math.clamp(count / LEAST_RUN, 1, scratch.length), count * step.in().planes());
    return count;
  }

  @Override
  public void part(int part, int parts) {
    long begin = start(part, parts);
    inputs[part].frames = start(part + 1, parts) - begin;
    for (int i = 0; i < times; i++) {
      inputs[part].channels(in, i * weights[0].length, weights[0].length);
      outputs[part].channels(out, i * weights.length, weights.length);
      inputs[part].at += begin * in.type().bytes();
      outputs[part].at += begin * out.type().bytes();
      functions.mix(struct.address(), inputs[part], outputs[part], scratch[part]);
    }
  }

  private long start(int part, int parts) {
    return part == parts ? frames : part * (frames / parts / LINE_FRAMES * LINE_FRAMES);
  }

  @Override
  public boolean keepsLength() {
    return weights.length == weights[0].length;
  }

  @Override
  public void reset() {}

  @Override
  public String describe() {
    return setting.describe()
        + ", "
        + (step.stage() instanceof Gain
            ? "multiply"
            : weights[0].length + " x " + weights.length + " matrix");
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
