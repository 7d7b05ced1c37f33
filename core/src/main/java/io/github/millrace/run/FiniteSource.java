package io.github.millrace.run;

import io.github.millrace.io.Chunk;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.SignalReader;
import io.github.millrace.signal.SignalBuffer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * A source that counts the samples that are not finite and does with them what was chosen.
 *
 * <p>Looks only where the source saw one; integers, which are always finite, go unchecked. One
 * thread at a time; closing it closes the source.
 */
public final class FiniteSource implements SignalReader {

  private final String name;
  private final SignalReader source;
  private final NonFinite choice;
  private final boolean checked;
  private final double[] held;
  private long position;
  private long count;
  private long firstFrame = -1;
  private int firstChannel = -1;
  private double firstValue;

  /**
   * A source over another at its first frame.
   *
   * @param name of the input, for messages
   */
  public FiniteSource(String name, SignalReader source, NonFinite choice) {
    this.name = name;
    this.source = source;
    this.choice = choice;
    checked = !source.info().encoding().isInteger();
    held = new double[source.info().channels()];
  }

  /** Name of the input, for messages. */
  public String name() {
    return name;
  }

  /** Samples read so far that were not finite. */
  public long count() {
    return count;
  }

  /** Frame of the first of them, the earliest in time, counted from 0; -1 if there is none. */
  public long firstFrame() {
    return firstFrame;
  }

  /** Channel of the first of them, counted from 0; -1 if there is none. */
  public int firstChannel() {
    return firstChannel;
  }

  @Override
  public FileFormat info() {
    return source.info();
  }

  /**
   * Reads as the source does.
   *
   * @throws SignalFileException also if a sample is not finite and that is to fail
   */
  @Override
  public long read(SignalBuffer into, long at, long frames) throws IOException {
    long done = source.read(into, at, frames);
    if (checked && done > 0) {
      boolean dirty = source.takeNonFinite();
      for (int c = 0; c < into.planes(); c++) {
        if (dirty) {
          replace(into, at, done, c);
        }
        held[c] = into.get(c, at + done - 1);
      }
    }
    position += done;
    if (choice == NonFinite.FAIL && count > 0) {
      throw new SignalFileException(
          name,
          "the sample at frame "
              + firstFrame
              + " of channel "
              + firstChannel
              + " (counted from 0) is "
              + firstValue
              + ", expected finite samples");
    }
    return done;
  }

  private void replace(SignalBuffer in, long at, long frames, int channel) {
    for (long i = 0; i < frames; i++) {
      double value = in.get(channel, at + i);
      double other = replaced(value, channel, position + i);
      if (Double.compare(value, other) != 0) {
        in.set(channel, at + i, other);
      }
    }
  }

  private double replaced(double value, int channel, long frame) {
    if (Double.isFinite(value)) {
      held[channel] = value;
      return value;
    }
    if (count == 0 || frame < firstFrame) {
      firstFrame = frame;
      firstChannel = channel;
      firstValue = value;
    }
    count++;
    return switch (choice) {
      case KEEP, FAIL -> value;
      case ZERO -> 0;
      case HOLD -> held[channel];
    };
  }

  @Override
  public List<Chunk> lateMetadata() {
    return source.lateMetadata();
  }

  @Override
  public List<String> notes() {
    return source.notes();
  }

  @Override
  public long waitedNanos() {
    return source.waitedNanos();
  }

  @Override
  public boolean seekable() {
    return source.seekable();
  }

  @Override
  public void seek(long frame) {
    source.seek(frame);
    position = frame;
    Arrays.fill(held, 0);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }
}
