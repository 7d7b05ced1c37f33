package io.github.millrace.run;

import io.github.millrace.io.SignalWriter;
import io.github.millrace.signal.SignalBuffer;
import java.io.IOException;
import java.util.Arrays;

/** Keeps what is written, and remembers how it ended. */
public class MemorySink implements SignalWriter {

  private double[][] samples = new double[0][];
  private int frames;
  public boolean committed;
  boolean closed;

  @Override
  public void write(SignalBuffer from, long at, long count) throws IOException {
    if (samples.length == 0) {
      samples = new double[from.planes()][0];
    }
    for (int c = 0; c < samples.length; c++) {
      double[] plane = from.slice(at, count).toDoubles(c);
      samples[c] = Arrays.copyOf(samples[c], frames + plane.length);
      System.arraycopy(plane, 0, samples[c], frames, plane.length);
    }
    frames += (int) count;
  }

  public double[] channel(int c) {
    return samples[c];
  }

  @Override
  public long frames() {
    return frames;
  }

  @Override
  public long clipped() {
    return 7;
  }

  @Override
  public double peak() {
    return Arrays.stream(samples)
        .flatMapToDouble(Arrays::stream)
        .map(Math::abs)
        .reduce(0, Math::max);
  }

  @Override
  public long undefined() {
    return 0;
  }

  @Override
  public void commit() throws IOException {
    committed = true;
  }

  @Override
  public void close() {
    closed = true;
  }
}
