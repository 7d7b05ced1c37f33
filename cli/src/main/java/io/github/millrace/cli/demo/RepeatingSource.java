package io.github.millrace.cli.demo;

import io.github.millrace.io.Container;
import io.github.millrace.io.Encoding;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.SignalReader;
import io.github.millrace.signal.SignalBuffer;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;

/** One channel that repeats the same float32 samples for as long as is asked. */
public final class RepeatingSource implements SignalReader {

  private final SignalBuffer period;
  private final FileFormat info;
  private long position;

  /**
   * A source.
   *
   * @param samples one period
   * @param sampleRate in Hz
   * @param frames length of the whole
   */
  public RepeatingSource(double[] samples, double sampleRate, long frames) {
    float[] narrow = new float[samples.length];
    for (int i = 0; i < narrow.length; i++) {
      narrow[i] = (float) samples[i];
    }
    period = SignalBuffer.ofPlanar(narrow);
    info =
        new FileFormat(Container.RAW, Encoding.F32, sampleRate, 1, frames, 0, List.of(), List.of());
  }

  @Override
  public FileFormat info() {
    return info;
  }

  @Override
  public long read(SignalBuffer into, long at, long frames) {
    long wanted = Math.min(frames, info.frames() - position);
    for (long done = 0; done < wanted; ) {
      long from = position % period.frames();
      long count = Math.min(wanted - done, period.frames() - from);
      MemorySegment part = into.slice(at + done, count).plane(0);
      part.copyFrom(period.slice(from, count).plane(0));
      position += count;
      done += count;
    }
    return wanted;
  }

  @Override
  public boolean seekable() {
    return true;
  }

  @Override
  public void seek(long frame) {
    position = Objects.checkIndex(frame, info.frames() + 1);
  }

  @Override
  public void close() {
    period.close();
  }
}
