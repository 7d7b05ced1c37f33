package io.github.millrace.run;

import io.github.millrace.io.Chunk;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.SignalReader;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/**
 * A source that counts the samples that are not finite and does with them what was chosen.
 *
 * <p>Costs one pass over each block that was read; integers, which are always finite, go unchecked.
 * One thread at a time; closing it closes the source.
 */
public final class FiniteSource implements SignalReader {

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
  private static final int INFINITE_32 = 0x7F80_0000;
  private static final long INFINITE_64 = 0x7FF0_0000_0000_0000L;

  /** Samples at a time, copied to the heap: before compilation, an array is far quicker to read. */
  private static final int CHUNK = 4_096;

  private final String name;
  private final SignalReader source;
  private final NonFinite choice;
  private final boolean checked;
  private final int[] chunk32 = new int[CHUNK];
  private final long[] chunk64 = new long[CHUNK];
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
    for (int c = 0; checked && c < into.planes(); c++) {
      long offset = c * into.layout().strideBytes() + at * into.type().bytes();
      for (long from = 0; from < done; from += CHUNK) {
        int n = (int) Math.min(CHUNK, done - from);
        if (into.type() == SampleType.FLOAT32) {
          check32(into.segment(), offset + from * Float.BYTES, n, c, position + from);
        } else {
          check64(into.segment(), offset + from * Double.BYTES, n, c, position + from);
        }
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

  private void check32(MemorySegment memory, long offset, int n, int channel, long frame) {
    MemorySegment.copy(memory, INT, offset, chunk32, 0, n);
    if (largest(chunk32, n) >= INFINITE_32) {
      for (int i = 0; i < n; i++) {
        float value = Float.intBitsToFloat(chunk32[i]);
        chunk32[i] = Float.floatToRawIntBits((float) replaced(value, channel, frame + i));
      }
      if (choice != NonFinite.KEEP) {
        MemorySegment.copy(chunk32, 0, memory, INT, offset, n);
      }
    }
    held[channel] = Float.intBitsToFloat(chunk32[n - 1]);
  }

  private void check64(MemorySegment memory, long offset, int n, int channel, long frame) {
    MemorySegment.copy(memory, LONG, offset, chunk64, 0, n);
    if (largest(chunk64, n) >= INFINITE_64) {
      for (int i = 0; i < n; i++) {
        double value = Double.longBitsToDouble(chunk64[i]);
        chunk64[i] = Double.doubleToRawLongBits(replaced(value, channel, frame + i));
      }
      if (choice != NonFinite.KEEP) {
        MemorySegment.copy(chunk64, 0, memory, LONG, offset, n);
      }
    }
    held[channel] = Double.longBitsToDouble(chunk64[n - 1]);
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

  /** Without the sign bit, NaN and infinity are the largest integers: a maximum vectorises. */
  private static int largest(int[] bits, int n) {
    int largest = 0;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, bits[i] & Integer.MAX_VALUE);
    }
    return largest;
  }

  private static long largest(long[] bits, int n) {
    long largest = 0;
    for (int i = 0; i < n; i++) {
      largest = Math.max(largest, bits[i] & Long.MAX_VALUE);
    }
    return largest;
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
