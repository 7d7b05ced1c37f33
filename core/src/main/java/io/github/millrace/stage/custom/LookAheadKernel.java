package io.github.millrace.stage.custom;

import io.github.millrace.stage.CustomKernel;
import java.util.Arrays;

/**
 * A kernel whose output needs frames that are still to come: it holds them back, completes the end
 * of the stream with silence, and keeps latency, state and reset right, so that a subclass only
 * computes.
 *
 * <p>Output frame n is written once input frame n + ahead was read; as many frames are written as
 * are read. What a subclass remembers beside the held frames goes through {@link #ownState}, {@link
 * #restoreOwn} and {@link #resetOwn}. One thread at a time; allocates only for a block longer than
 * any before.
 */
public abstract class LookAheadKernel implements CustomKernel {

  private static final int BLOCK = 1_024;

  private final int ahead;
  private final double[][] window;
  private int held;

  /**
   * A kernel in its reset state.
   *
   * @param planes of the stream, at least 1
   * @param ahead frames of the future that an output frame needs, at least 0
   */
  protected LookAheadKernel(int planes, int ahead) {
    if (planes < 1 || ahead < 0) {
      throw new IllegalArgumentException(
          "planes is " + planes + " and ahead " + ahead + ", expected at least 1 and 0");
    }
    this.ahead = ahead;
    window = new double[planes][Math.addExact(Math.multiplyExact(2, ahead), BLOCK)];
  }

  /**
   * Computes output frames of which the future is known.
   *
   * @param in planes; {@code in[p][i]} to {@code in[p][i + ahead]} are what output frame i may use
   * @param out planes to write, frames 0 to {@code frames - 1} of each
   * @param frames how many, at least 1
   */
  protected abstract void filter(double[][] in, double[][] out, int frames);

  /** What a subclass remembers between blocks, a copy, always of one length. */
  protected double[] ownState() {
    return new double[0];
  }

  /**
   * Sets what a subclass remembers.
   *
   * @param values as {@link #ownState} returned it
   */
  protected void restoreOwn(double[] values) {}

  /** Sets what a subclass remembers to that of a new kernel. */
  protected void resetOwn() {}

  @Override
  public final int process(double[][] in, double[][] out, int frames) {
    int filled = held + frames;
    for (int p = 0; p < window.length; p++) {
      if (window[p].length < filled) {
        window[p] = Arrays.copyOf(window[p], filled);
      }
      System.arraycopy(in[p], 0, window[p], held, frames);
    }
    return emit(out, filled - ahead, filled);
  }

  @Override
  public final int flush(double[][] out) {
    for (double[] plane : window) {
      Arrays.fill(plane, held, held + ahead, 0);
    }
    return emit(out, Math.min(held, out[0].length), held);
  }

  /** Writes so many frames of those in the window, and moves what is left to its beginning. */
  private int emit(double[][] out, int ready, int filled) {
    int frames = Math.max(0, ready);
    if (frames > 0) {
      filter(window, out, frames);
    }
    held = filled - frames;
    for (double[] plane : window) {
      System.arraycopy(plane, frames, plane, 0, held);
    }
    return frames;
  }

  @Override
  public final int maxOutputFrames(int frames) {
    return frames;
  }

  @Override
  public final long flushFrames() {
    return ahead;
  }

  @Override
  public final long latencyFrames() {
    return ahead;
  }

  /** How many frames are held, these frames plane by plane, zeros, and the subclass's values. */
  @Override
  public final double[] state() {
    double[] own = ownState();
    double[] values = new double[1 + window.length * ahead + own.length];
    values[0] = held;
    for (int p = 0; p < window.length; p++) {
      System.arraycopy(window[p], 0, values, 1 + p * ahead, held);
    }
    System.arraycopy(own, 0, values, values.length - own.length, own.length);
    return values;
  }

  @Override
  public final void restore(double[] values) {
    int mine = 1 + window.length * ahead;
    int expected = mine + ownState().length;
    if (values.length != expected) {
      throw new IllegalArgumentException(
          "the state has " + values.length + " values, expected " + expected);
    }
    if (!(values[0] >= 0 && values[0] <= ahead) || values[0] != Math.rint(values[0])) {
      throw new IllegalArgumentException(
          "the state holds " + values[0] + " frames, expected 0 to " + ahead);
    }
    restoreOwn(Arrays.copyOfRange(values, mine, expected));
    held = (int) values[0];
    for (int p = 0; p < window.length; p++) {
      System.arraycopy(values, 1 + p * ahead, window[p], 0, held);
    }
  }

  @Override
  public final void reset() {
    held = 0;
    resetOwn();
  }
}
