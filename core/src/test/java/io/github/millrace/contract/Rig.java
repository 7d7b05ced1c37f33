package io.github.millrace.contract;

import io.github.millrace.plan.Plan;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Feeds arrays through a plan in unaligned slices between guard bands that must stay intact. */
final class Rig {

  private static final int GUARD = 37;
  private static final double SENTINEL = -12345.5;

  private Rig() {}

  /** White noise in [-1, 1), rounded to the sample type. */
  static double[][] noise(StreamFormat format, int frames, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] x = new double[format.channels()][frames];
    for (double[] channel : x) {
      Arrays.setAll(channel, i -> random.nextDouble(-1, 1));
    }
    return rounded(format, x);
  }

  /** The same sample over and over. */
  static double[] constant(double level, int frames) {
    double[] x = new double[frames];
    Arrays.fill(x, level);
    return x;
  }

  /** The signal as the sample type can hold it. */
  static double[][] rounded(StreamFormat format, double[][] x) {
    return format.type() == SampleType.FLOAT64
        ? x
        : Arrays.stream(x)
            .map(c -> Arrays.stream(c).map(v -> (float) v).toArray())
            .toArray(double[][]::new);
  }

  /** These planes again and again. */
  static double[][] cycle(double[][] planes, int count) {
    double[][] all = new double[count][];
    Arrays.setAll(all, p -> planes[p % planes.length]);
    return all;
  }

  /** The whole signal from where the plan is, in one block, then flush. */
  static double[][] run(Plan plan, double[][] x) {
    return join(forward(plan, x, 0, x[0].length), flush(plan));
  }

  /** The whole signal in blocks of random length from 0 to {@code most}, then flush. */
  static double[][] runSplit(Plan plan, double[][] x, int most) {
    SplittableRandom random = new SplittableRandom(most);
    double[][] y = new double[plan.outputFormat().planes()][0];
    int count;
    for (int at = 0; at < x[0].length; at += count) {
      count = Math.min(random.nextInt(most + 1), x[0].length - at);
      y = join(y, forward(plan, x, at, count));
    }
    return join(y, flush(plan));
  }

  /** One forward of some frames. */
  static double[][] forward(Plan plan, double[][] x, int from, int count) {
    long room = plan.maxOutputFrames(count);
    try (Guarded in = new Guarded(plan.inputFormat(), count);
        Guarded out = new Guarded(plan.outputFormat(), room)) {
      in.set(x, from);
      long written = plan.forward(in.inside, out.inside);
      in.check();
      in.requireUnchanged(x, from);
      return out.get(written);
    }
  }

  static double[][] flush(Plan plan) {
    try (Guarded out = new Guarded(plan.outputFormat(), plan.flushFrames())) {
      return out.get(plan.flush(out.inside));
    }
  }

  static double[][] join(double[][] a, double[][] b) {
    double[][] both = new double[a.length][];
    for (int p = 0; p < a.length; p++) {
      both[p] = Arrays.copyOf(a[p], a[p].length + b[p].length);
      System.arraycopy(b[p], 0, both[p], a[p].length, b[p].length);
    }
    return both;
  }

  /** A buffer whose memory is dirty and goes on before and after what a plan may touch. */
  private static final class Guarded implements AutoCloseable {
    private final SignalBuffer whole;
    private final SignalBuffer inside;

    Guarded(StreamFormat format, long frames) {
      whole = SignalBuffer.allocate(format, frames + 2 * GUARD);
      inside = whole.slice(GUARD, frames);
      for (int p = 0; p < whole.planes(); p++) {
        for (long i = 0; i < whole.frames(); i++) {
          whole.set(p, i, SENTINEL);
        }
      }
    }

    void set(double[][] x, int from) {
      for (int p = 0; p < x.length; p++) {
        for (int i = 0; i < inside.frames(); i++) {
          inside.set(p, i, x[p][from + i]);
        }
      }
    }

    void requireUnchanged(double[][] x, int from) {
      for (int p = 0; p < x.length; p++) {
        for (int i = 0; i < inside.frames(); i++) {
          if (Double.compare(inside.get(p, i), x[p][from + i]) != 0) {
            throw new AssertionError("the input was changed at plane " + p + " frame " + i);
          }
        }
      }
    }

    double[][] get(long frames) {
      check();
      double[][] y = new double[inside.planes()][];
      for (int p = 0; p < y.length; p++) {
        y[p] = inside.slice(0, frames).toDoubles(p);
        for (long i = frames; i < inside.frames(); i++) {
          require(p, i, inside.get(p, i));
        }
      }
      return y;
    }

    void check() {
      for (int p = 0; p < whole.planes(); p++) {
        for (int i = 0; i < GUARD; i++) {
          require(p, i - GUARD, whole.get(p, i));
          require(p, inside.frames() + i, whole.get(p, GUARD + inside.frames() + i));
        }
      }
    }

    private static void require(int plane, long frame, double value) {
      if (value != SENTINEL) {
        throw new AssertionError(
            "plane "
                + plane
                + " frame "
                + frame
                + " outside of the output was overwritten with "
                + value);
      }
    }

    @Override
    public void close() {
      whole.close();
    }
  }
}
