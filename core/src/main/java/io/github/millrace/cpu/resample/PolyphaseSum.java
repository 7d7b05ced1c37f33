package io.github.millrace.cpu.resample;

import io.github.millrace.design.fir.ResamplerTaps;

/**
 * Walks along a line of input frames and sums up output frames; owned by one thread. Every output
 * frame adds its terms four by four in one order, whether it is summed alone or with others.
 */
public final class PolyphaseSum {

  private final double[] phases;
  private final PeriodColumns columns;
  private final int width;
  private final int up;
  private final int wholeStep;
  private final int phaseStep;
  private int at;
  private int phase;

  /**
   * A sum over the phases of a filter.
   *
   * @param phases {@code taps.phases()}, shared by all threads
   */
  public PolyphaseSum(ResamplerTaps taps, double[] phases) {
    this.phases = phases;
    columns = new PeriodColumns(taps, phases);
    width = taps.perPhase();
    up = taps.up();
    wholeStep = taps.down() / up;
    phaseStep = taps.down() % up;
  }

  /** Input frames that are best walked along at once; 0 where it does not matter. */
  public int bestInput() {
    return columns.most() * columns.inputs();
  }

  /** Output frames that they yield. */
  public int bestOutput() {
    return columns.most() * columns.outputs();
  }

  /** Sets where on the line the next output frame begins, and its phase. */
  public void start(int skip, int firstPhase) {
    at = skip;
    phase = firstPhase;
  }

  /** Computes the next {@code count} output frames. */
  public void sum(double[] line, double[] to, int count) {
    int done = 0;
    int periods = Math.min(columns.most(), count / columns.outputs());
    while (periods >= PeriodColumns.LEAST) {
      sumPeriods(line, to, done, periods);
      done += periods * columns.outputs();
      periods = Math.min(columns.most(), (count - done) / columns.outputs());
    }
    for (int k = done; k < count; k++) {
      to[k] = dot(line, phase * width);
      advance();
    }
  }

  private void sumPeriods(double[] line, double[] to, int from, int periods) {
    int start = at;
    int last = (phase + (columns.outputs() - 1) * (wholeStep * up + phaseStep)) / up;
    columns.load(line, start, periods, last + width);
    for (int p = 0; p < columns.outputs(); p++) {
      double[] sums = columns.sum(at - start, phase * width);
      for (int i = 0, k = from + p; i < periods; i++, k += columns.outputs()) {
        to[k] = sums[i];
      }
      advance();
    }
    at += (periods - 1) * columns.inputs();
  }

  private void advance() {
    at += wholeStep;
    phase += phaseStep;
    if (phase >= up) {
      phase -= up;
      at++;
    }
  }

  private double dot(double[] line, int tap) {
    double[] h = phases;
    double sum = 0;
    for (int k = 0; k < width; k += 4) {
      sum +=
          line[at + k] * h[tap + k]
              + line[at + k + 1] * h[tap + k + 1]
              + line[at + k + 2] * h[tap + k + 2]
              + line[at + k + 3] * h[tap + k + 3];
    }
    return sum;
  }
}
