package io.github.millrace.cpu.resample;

import io.github.millrace.design.fir.ResamplerTaps;
import java.util.Arrays;

/**
 * Input frames of a resampler laid out so that one output frame of many periods is summed at once:
 * after {@code outputs()} output frames and {@code inputs()} input frames the phases repeat, so row
 * u holds the frames u, u + inputs(), u + 2 inputs(), ... and one tap weighs a whole row.
 *
 * <p>HotSpot's C2 makes vector instructions of sums over rows; of one frame's sum it does not, for
 * they would change its order. Owned by one thread.
 */
final class PeriodColumns {

  /** Fewer periods at once than this are not worth the copy. */
  static final int LEAST = 16;

  private static final int MOST = 128;

  /** A period is made at least this many output frames long: copying frames must cost little. */
  private static final int LEAST_OUTPUTS = 16;

  /** 384 KiB of doubles: the rows stay in the second-level cache. */
  private static final int ROOM = 48 * 1024;

  /** Frames of input or output in all periods; beyond, phases hardly ever repeat in a block. */
  private static final int LARGEST = 1 << 17;

  private final int outputs;
  private final int inputs;
  private final int most;
  private final double[] phases;
  private final int width;
  private final double[][] rows;
  private final double[] sums;
  private int periods;

  PeriodColumns(ResamplerTaps taps, double[] phases) {
    this.phases = phases;
    width = taps.perPhase();
    int times = Math.ceilDiv(LEAST_OUTPUTS, taps.up());
    outputs = times * taps.up();
    inputs = times * taps.down();
    int fitting = Math.min(MOST, Integer.highestOneBit(ROOM / Math.min(ROOM, inputs + width)));
    int wanted = Math.max(2 * LEAST, fitting);
    most = (long) wanted * Math.max(inputs, outputs) > LARGEST ? 0 : wanted;
    rows = new double[most == 0 ? 0 : inputs + width][most];
    sums = new double[most];
  }

  /** Output frames in a period. */
  int outputs() {
    return outputs;
  }

  /** Input frames in a period. */
  int inputs() {
    return inputs;
  }

  /** The most periods to sum at once; 0 where the phases repeat too seldom. */
  int most() {
    return most;
  }

  /**
   * Lays out this many periods from a frame of the line on.
   *
   * @param reach frames from the start of a period to the last that its outputs weigh
   */
  void load(double[] line, int at, int count, int reach) {
    periods = count;
    for (int u = 0; u < reach; u++) {
      double[] row = rows[u];
      for (int i = 0, from = at + u; i < count; i++, from += inputs) {
        row[i] = line[from];
      }
    }
  }

  /**
   * The sums of one output frame in each period, valid until the next call.
   *
   * @param offset where that frame begins, counted from the start of its period
   * @param tap where the taps of its phase begin
   */
  double[] sum(int offset, int tap) {
    Arrays.fill(sums, 0, periods, 0);
    for (int k = 0; k < width; k += 4) {
      add(offset + k, tap + k);
    }
    return sums;
  }

  private void add(int row, int tap) {
    double[] a = rows[row];
    double[] b = rows[row + 1];
    double[] c = rows[row + 2];
    double[] d = rows[row + 3];
    double ha = phases[tap];
    double hb = phases[tap + 1];
    double hc = phases[tap + 2];
    double hd = phases[tap + 3];
    double[] y = sums;
    int count = periods;
    for (int i = 0; i < count; i++) {
      y[i] += ha * a[i] + hb * b[i] + hc * c[i] + hd * d[i];
    }
  }
}
