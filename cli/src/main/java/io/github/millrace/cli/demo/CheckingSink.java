package io.github.millrace.cli.demo;

import io.github.millrace.io.SignalWriter;
import io.github.millrace.signal.SignalBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Compares one channel of float32 samples with a period that they should repeat. */
public final class CheckingSink implements SignalWriter {

  private final double[] period;
  private long frames;
  private double largest;
  private double peak;

  /** A check against this period; the first period of what is written is left out. */
  public CheckingSink(double[] period) {
    this.period = period.clone();
  }

  @Override
  public void write(SignalBuffer from, long at, long count) {
    MemorySegment samples = from.slice(at, count).plane(0);
    for (long i = 0; i < count; i++) {
      double sample = samples.getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i);
      peak = Math.max(peak, Math.abs(sample));
      if (frames + i < period.length) {
        continue;
      }
      double difference = sample - period[(int) ((frames + i) % period.length)];
      // Written so that a NaN counts as the largest difference there can be.
      if (!(Math.abs(difference) <= largest)) {
        largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.abs(difference);
      }
    }
    frames += count;
  }

  /** The largest difference of a sample so far. */
  public double largestDifference() {
    return largest;
  }

  /** Samples compared so far. */
  public long compared() {
    return Math.max(0, frames - period.length);
  }

  @Override
  public long frames() {
    return frames;
  }

  @Override
  public long clipped() {
    return 0;
  }

  @Override
  public double peak() {
    return peak;
  }

  @Override
  public long undefined() {
    return 0;
  }

  @Override
  public void commit() {}

  @Override
  public void close() {}
}
