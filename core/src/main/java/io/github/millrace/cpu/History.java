package io.github.millrace.cpu;

import io.github.millrace.plan.StageState;
import java.util.Arrays;

/** The last input frames of each plane, oldest first, after the load gain: zeros at reset. */
final class History {

  private final int frames;
  private final double[][] planes;

  /** Silence of this many frames on this many planes. */
  History(int planes, int frames) {
    this.frames = frames;
    this.planes = new double[planes][frames];
  }

  /** Frames kept of each plane. */
  int frames() {
    return frames;
  }

  /** Copies the history of a plane to the start of {@code line}. */
  void open(int plane, double[] line) {
    System.arraycopy(planes[plane], 0, line, 0, frames);
  }

  /** Makes {@code line[from..from + frames())} the history of a plane. */
  void keep(int plane, double[] line, int from) {
    System.arraycopy(line, from, planes[plane], 0, frames);
  }

  void reset() {
    for (double[] plane : planes) {
      Arrays.fill(plane, 0);
    }
  }

  /** The history as [planes][frames], with the position in the stream. */
  StageState state(long position) {
    double[] values = new double[Math.multiplyExact(planes.length, frames)];
    for (int p = 0; p < planes.length; p++) {
      System.arraycopy(planes[p], 0, values, p * frames, frames);
    }
    return StageState.of(new int[] {planes.length, frames}, values, position);
  }

  /**
   * Sets the history from [planes][frames].
   *
   * @param what the stage, for the message
   * @throws IllegalArgumentException if the shape is another
   */
  void restore(StageState state, String what) {
    state(0).requireShapeOf(state, what);
    double[] values = state.values();
    for (int p = 0; p < planes.length; p++) {
      System.arraycopy(values, p * frames, planes[p], 0, frames);
    }
  }
}
