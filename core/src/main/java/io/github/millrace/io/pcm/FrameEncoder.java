package io.github.millrace.io.pcm;

import io.github.millrace.signal.SignalBuffer;
import java.lang.foreign.MemorySegment;

/**
 * Encodes the planes of a buffer as interleaved frames: integers are rounded to the nearest, ties
 * to even, and clipped; a NaN becomes 0. One thread at a time.
 */
public interface FrameEncoder {

  /**
   * The fastest encoder present.
   *
   * @param dither whether integers get triangular dither
   */
  static FrameEncoder of(StoredFrames stored, boolean dither) {
    FrameCodecs codecs = FrameCodecs.present();
    return codecs == null ? new JavaFrameEncoder(stored, dither) : codecs.encoder(stored, dither);
  }

  /**
   * Encodes frames.
   *
   * @param from has a plane per channel
   * @param at first frame
   * @param frames how many
   * @param to native memory, in any alignment
   * @param offset of the first frame in bytes
   * @throws IndexOutOfBoundsException if the frames are not inside both
   */
  void encode(SignalBuffer from, long at, long frames, MemorySegment to, long offset);

  /** Takes samples into account that need no encoding. */
  void meter(SignalBuffer from, long at, long frames);

  /**
   * Makes the next frame the one at this place in its stream, on which its dither depends.
   *
   * @param frame counted from 0
   */
  void moveTo(long frame);

  /** Samples so far that an integer could not hold. */
  long clipped();

  /** Samples so far that were NaN, which an integer holds as 0. */
  long undefined();

  /** The largest magnitude so far of a sample before it was encoded; NaN if one was. */
  double peak();
}
