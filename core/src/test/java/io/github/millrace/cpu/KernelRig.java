package io.github.millrace.cpu;

import com.sun.management.ThreadMXBean;
import io.github.millrace.plan.Plan;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;

/** Drives a plan over arrays in blocks of chosen lengths; what it returns is [planes][frames]. */
final class KernelRig {

  private static final ThreadMXBean BEAN = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private KernelRig() {}

  /** Noise in (-1, 1). */
  static double[][] noise(int planes, int frames, long seed) {
    Random random = new Random(seed);
    double[][] noise = new double[planes][frames];
    for (double[] plane : noise) {
      Arrays.setAll(plane, i -> 2 * random.nextDouble() - 1);
    }
    return noise;
  }

  /** The values of a float32 stream. */
  static double[][] rounded(double[][] values) {
    double[][] rounded = new double[values.length][];
    for (int p = 0; p < values.length; p++) {
      rounded[p] = Arrays.stream(values[p]).map(v -> (float) v).toArray();
    }
    return rounded;
  }

  /** Part of every plane. */
  static double[][] part(double[][] signal, int from, int to) {
    double[][] part = new double[signal.length][];
    Arrays.setAll(part, p -> Arrays.copyOfRange(signal[p], from, to));
    return part;
  }

  /** One signal after another. */
  static double[][] join(double[][] first, double[][] second) {
    double[][] joined = new double[first.length][];
    for (int p = 0; p < first.length; p++) {
      joined[p] = Arrays.copyOf(first[p], first[p].length + second[p].length);
      System.arraycopy(second[p], 0, joined[p], first[p].length, second[p].length);
    }
    return joined;
  }

  static SignalBuffer buffer(StreamFormat format, double[][] signal) {
    SignalBuffer buffer = SignalBuffer.allocate(format, signal[0].length);
    for (int p = 0; p < signal.length; p++) {
      for (int i = 0; i < signal[p].length; i++) {
        buffer.set(p, i, signal[p][i]);
      }
    }
    return buffer;
  }

  private static double[][] values(SignalBuffer buffer, long frames) {
    double[][] values = new double[buffer.planes()][];
    SignalBuffer written = buffer.slice(0, frames);
    Arrays.setAll(values, written::toDoubles);
    return values;
  }

  /** One forward, after which the output beyond what was written must be untouched. */
  static double[][] forward(Plan plan, double[][] signal) {
    long room = plan.maxOutputFrames(signal[0].length);
    try (SignalBuffer in = buffer(plan.inputFormat(), signal);
        SignalBuffer out = SignalBuffer.allocate(plan.outputFormat(), room + 8)) {
      for (int p = 0; p < out.planes(); p++) {
        for (long i = 0; i < out.frames(); i++) {
          out.set(p, i, 77);
        }
      }
      long written = plan.forward(in, out.slice(0, room));
      requireGuards(out, written, room);
      return values(out, written);
    }
  }

  private static void requireGuards(SignalBuffer out, long written, long room) {
    if (written > room) {
      throw new AssertionError("wrote " + written + " frames, at most " + room + " were promised");
    }
    for (int p = 0; p < out.planes(); p++) {
      for (long i = written; i < out.frames(); i++) {
        if (out.get(p, i) != 77) {
          throw new AssertionError("plane " + p + " frame " + i + " was overwritten");
        }
      }
    }
  }

  /** One forward with the output in the place of the input. */
  static double[][] inPlace(Plan plan, double[][] signal) {
    try (SignalBuffer buffer = buffer(plan.inputFormat(), signal)) {
      return values(buffer, plan.forward(buffer, buffer));
    }
  }

  static double[][] flush(Plan plan) {
    try (SignalBuffer out = SignalBuffer.allocate(plan.outputFormat(), plan.flushFrames())) {
      return values(out, plan.flush(out));
    }
  }

  /** The signal in one block, then the flush. */
  static double[][] whole(Plan plan, double[][] signal) {
    return join(forward(plan, signal), flush(plan));
  }

  /** The signal in blocks of 0 to {@code longest} frames, then the flush. */
  static double[][] split(Plan plan, double[][] signal, int longest, long seed) {
    Random random = new Random(seed);
    double[][] out = new double[plan.outputFormat().planes()][0];
    int count;
    for (int at = 0; at < signal[0].length; at += count) {
      count = Math.min(random.nextInt(longest + 1), signal[0].length - at);
      out = join(out, forward(plan, part(signal, at, at + count)));
    }
    return join(out, flush(plan));
  }

  /** Relative rms of the difference over all planes. */
  static double distance(double[][] expected, double[][] actual) {
    double error = 0;
    double power = 1e-300;
    for (int p = 0; p < expected.length; p++) {
      if (expected[p].length != actual[p].length) {
        throw new AssertionError(
            "plane " + p + " has " + actual[p].length + " frames, not " + expected[p].length);
      }
      for (int i = 0; i < expected[p].length; i++) {
        error += Math.pow(expected[p][i] - actual[p][i], 2);
        power += Math.pow(expected[p][i], 2);
      }
    }
    return Math.sqrt(error / power);
  }

  /**
   * Heap bytes that this many forwards allocate in the caller and in the plan's threads, the least
   * of a few rounds: linking may allocate once.
   */
  static long allocated(Plan plan, int frames, int forwards) {
    long room = plan.maxOutputFrames(frames);
    try (SignalBuffer in =
            buffer(plan.inputFormat(), noise(plan.inputFormat().planes(), frames, 1));
        SignalBuffer out = SignalBuffer.allocate(plan.outputFormat(), room)) {
      long[] threads = threads();
      long least = Long.MAX_VALUE;
      for (int round = 0; round < 50 && least > 0; round++) {
        long before = allocatedBytes(threads);
        for (int i = 0; i < forwards; i++) {
          plan.forward(in, out);
        }
        least = Math.min(least, allocatedBytes(threads) - before);
      }
      return least;
    }
  }

  private static long[] threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t.equals(Thread.currentThread()) || t.getName().startsWith("millrace"))
        .mapToLong(Thread::threadId)
        .toArray();
  }

  /** Threads of plans closed before may end meanwhile; the bean then says -1. */
  private static long allocatedBytes(long[] threads) {
    long sum = 0;
    for (long thread : threads) {
      sum += Math.max(0, BEAN.getThreadAllocatedBytes(thread));
    }
    return sum;
  }
}
