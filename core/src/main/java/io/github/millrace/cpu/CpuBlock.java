package io.github.millrace.cpu;

import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A movable view of planes in host memory: the block type of the CPU backends. Moving it allocates
 * nothing.
 */
public final class CpuBlock {

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;

  private final SampleType type;
  private final int planes;
  private MemorySegment segment;
  private MemorySegment base;
  private long strideBytes;
  private long startBytes;

  /** A view of nothing yet, for buffers of this type and number of planes. */
  CpuBlock(SampleType type, int planes) {
    this.type = type;
    this.planes = planes;
  }

  /** Moves the view to a buffer, its frame 0 at the buffer's frame {@code from}. */
  void move(SignalBuffer buffer, long from) {
    segment = buffer.segment();
    base = buffer.base();
    strideBytes = buffer.layout().strideBytes();
    startBytes = from * type.bytes();
  }

  /** Moves the view to where another is, its frame 0 at the other's frame {@code from}. */
  void move(CpuBlock other, long from) {
    segment = other.segment;
    base = other.base;
    strideBytes = other.strideBytes;
    startBytes = other.startBytes + from * type.bytes();
  }

  /** Number of planes. */
  public int planes() {
    return planes;
  }

  /** Sample type in memory. */
  public SampleType type() {
    return type;
  }

  /** The memory that holds all planes. */
  public MemorySegment segment() {
    return segment;
  }

  /** What to pass to native code as the address of {@link #segment}. */
  public MemorySegment base() {
    return base;
  }

  /** Where one frame of one plane lies in {@link #segment}. */
  public long offset(int plane, long frame) {
    return plane * strideBytes + startBytes + frame * type.bytes();
  }

  /** Reads frames of one plane into {@code to[at..at+frames)}, widened to double. */
  void load(int plane, long from, Samples to) {
    long offset = offset(plane, from);
    double[] values = to.values;
    int at = to.at;
    int frames = to.frames;
    if (type == SampleType.FLOAT64) {
      MemorySegment.copy(segment, DOUBLE, offset, values, at, frames);
    } else {
      float[] narrow = to.narrow(frames);
      MemorySegment.copy(segment, FLOAT, offset, narrow, 0, frames);
      for (int i = 0; i < frames; i++) {
        values[at + i] = narrow[i];
      }
    }
    to.scale(to.loadGain);
  }

  /** Writes {@code from[at..at+frames)} to one plane, rounded to the type in memory. */
  void store(int plane, long to, Samples from) {
    from.scale(from.storeGain);
    long offset = offset(plane, to);
    double[] values = from.values;
    int at = from.at;
    int frames = from.frames;
    if (type == SampleType.FLOAT64) {
      MemorySegment.copy(values, at, segment, DOUBLE, offset, frames);
    } else {
      float[] narrow = from.narrow(frames);
      for (int i = 0; i < frames; i++) {
        narrow[i] = (float) values[at + i];
      }
      MemorySegment.copy(narrow, 0, segment, FLOAT, offset, frames);
    }
  }
}
