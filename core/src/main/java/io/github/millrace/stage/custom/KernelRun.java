package io.github.millrace.stage.custom;

import io.github.millrace.stage.CustomKernel;
import io.github.millrace.stage.CustomStage;
import java.util.Arrays;
import java.util.function.IntSupplier;

/** A kernel being checked, and all that it wrote since its last reset. */
final class KernelRun implements AutoCloseable {

  /** What stands where nothing was written: a NaN that no arithmetic gives. */
  private static final long UNTOUCHED = 0x7ff8_5a5a_0123_4567L;

  private static final int SPARE = 3;

  private final String name;
  private final CustomStage stage;
  private final CustomKernel kernel;
  private double[][] written;
  private long flushed;

  /** A run of a new kernel. */
  KernelRun(String name, CustomStage stage, CustomKernel kernel, int planes) {
    this.name = name;
    this.stage = stage;
    this.kernel = kernel;
    written = new double[planes][0];
  }

  CustomKernel kernel() {
    return kernel;
  }

  /** What was written, [planes][frames]. */
  double[][] written() {
    return written;
  }

  /** Takes over what another kernel has written, to go on from its state. */
  void continueAfter(KernelRun other) {
    written = other.written;
  }

  void reset() {
    kernel.reset();
    written = new double[written.length][0];
    flushed = 0;
  }

  /** Reads frames of a signal in blocks, from arrays that are longer than what counts. */
  void read(double[][] signal, int from, int to, IntSupplier length) {
    int count;
    for (int at = from; at < to; at += count) {
      count = Math.min(length.getAsInt(), to - at);
      double[][] in = new double[signal.length][count + SPARE];
      for (int p = 0; p < in.length; p++) {
        Arrays.fill(in[p], 1e9);
        System.arraycopy(signal[p], at, in[p], 0, count);
      }
      int room = kernel.maxOutputFrames(count);
      require(room >= 0, "maxOutputFrames(" + count + ") is " + room + ", expected at least 0");
      double[][] out = untouched(room + SPARE);
      double[][] arrays = out.clone();
      int made = kernel.process(in, out, count);
      String call = "process of " + count + " frames";
      requireCount(call, made, room);
      require(
          !stage.keepsLength() || made == count,
          call + " wrote " + made + ", expected as many, as the stage keeps the length");
      take(call, out, arrays, made);
    }
  }

  /** Ends the stream. */
  void flush() {
    int room = Math.max(2, kernel.maxOutputFrames(1));
    int made;
    do {
      double[][] out = untouched(room);
      double[][] arrays = out.clone();
      made = kernel.flush(out);
      requireCount("flush", made, (int) Math.min(room, kernel.flushFrames() - flushed));
      flushed += made;
      take("flush", out, arrays, made);
    } while (made > 0);
  }

  private double[][] untouched(int frames) {
    double[][] out = new double[written.length][frames];
    for (double[] plane : out) {
      Arrays.fill(plane, Double.longBitsToDouble(UNTOUCHED));
    }
    return out;
  }

  private void requireCount(String call, int made, int room) {
    require(made >= 0 && made <= room, call + " wrote " + made + " frames, expected 0 to " + room);
  }

  @SuppressWarnings("ReferenceEquality") // the very array is asked for
  private void take(String call, double[][] out, double[][] arrays, int made) {
    double[][] all = new double[written.length][];
    for (int p = 0; p < out.length; p++) {
      require(
          out[p] == arrays[p],
          call + " replaced the array of plane " + p + ", expected samples written into it");
      for (int i = 0; i < made; i++) {
        require(
            Double.doubleToRawLongBits(out[p][i]) != UNTOUCHED,
            call
                + " says it wrote "
                + made
                + " frames, frame "
                + i
                + " of plane "
                + p
                + " was not");
      }
      all[p] = Arrays.copyOf(written[p], written[p].length + made);
      System.arraycopy(out[p], 0, all[p], written[p].length, made);
    }
    written = all;
  }

  private void require(boolean holds, String fault) {
    if (!holds) {
      throw new IllegalStateException("stage " + stage.describe() + ": " + name + ": " + fault);
    }
  }

  @Override
  public void close() {
    kernel.close();
  }
}
