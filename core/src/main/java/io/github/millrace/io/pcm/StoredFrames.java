package io.github.millrace.io.pcm;

import io.github.millrace.io.Encoding;
import io.github.millrace.io.Scale;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * How frames of samples are stored, interleaved.
 *
 * @param encoding of a sample
 * @param scale what integers stand for
 * @param order of the bytes of a sample
 * @param channels samples of a frame, at least 1
 */
public record StoredFrames(Encoding encoding, Scale scale, ByteOrder order, int channels) {

  /** Whether a mono buffer holds samples as they are stored, in memory that files reach. */
  public boolean equalsPlane(SignalBuffer buffer) {
    return channels == 1
        && order == ByteOrder.nativeOrder()
        && isOf(buffer.type())
        && !buffer.isOnHeap();
  }

  /** Whether samples are stored in this type. */
  boolean isOf(SampleType type) {
    return encoding == (type == SampleType.FLOAT32 ? Encoding.F32 : Encoding.F64);
  }

  /** Bytes of a frame. */
  public int frameBytes() {
    return channels * encoding.bytes();
  }

  /**
   * Checks a conversion between memory and a buffer.
   *
   * @throws IllegalArgumentException if the planes are not the channels
   * @throws IndexOutOfBoundsException if the frames are not inside both
   */
  public void check(MemorySegment memory, long offset, SignalBuffer buffer, long at, long frames) {
    checkPlanes(buffer, at, frames);
    Objects.checkFromIndexSize(offset, frames * frameBytes(), memory.byteSize());
  }

  /** Checks frames of a buffer. */
  public void checkPlanes(SignalBuffer buffer, long at, long frames) {
    if (buffer.planes() != channels) {
      throw new IllegalArgumentException(
          "the buffer has " + buffer.planes() + " planes, a frame has " + channels + " samples");
    }
    Objects.checkFromIndexSize(at, frames, buffer.frames());
  }
}
