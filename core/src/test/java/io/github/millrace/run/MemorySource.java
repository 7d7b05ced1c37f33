package io.github.millrace.run;

import io.github.millrace.io.Container;
import io.github.millrace.io.Encoding;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.SignalReader;
import io.github.millrace.signal.SignalBuffer;
import java.io.IOException;
import java.util.List;

/** Reads samples from memory; may say that it does not know its length, and may fail or hang. */
public class MemorySource implements SignalReader {

  private final double[][] samples;
  private final FileFormat info;
  private int position;

  public MemorySource(double[][] samples, boolean lengthKnown) {
    this.samples = samples;
    long frames = lengthKnown ? samples[0].length : -1;
    info =
        new FileFormat(
            Container.RAW, Encoding.F64, 48_000, samples.length, frames, 0, List.of(), List.of());
  }

  @Override
  public FileFormat info() {
    return info;
  }

  @Override
  public long read(SignalBuffer into, long at, long frames) throws IOException {
    int count = (int) Math.min(frames, samples[0].length - position);
    for (int c = 0; c < samples.length; c++) {
      for (int i = 0; i < count; i++) {
        into.set(c, at + i, samples[c][position + i]);
      }
    }
    position += count;
    return count;
  }

  @Override
  public boolean seekable() {
    return false;
  }

  @Override
  public void seek(long frame) {
    throw new IllegalStateException("a stream");
  }

  @Override
  public void close() {}
}
