package io.github.millrace.io.pcm;

import io.github.millrace.signal.SignalBuffer;
import java.lang.foreign.MemorySegment;

/** Decodes interleaved frames into the planes of a buffer; one thread at a time. */
public interface FrameDecoder {

  /** The fastest decoder present. */
  static FrameDecoder of(StoredFrames stored) {
    FrameCodecs codecs = FrameCodecs.present();
    return codecs == null ? new JavaFrameDecoder(stored) : codecs.decoder(stored);
  }

  /**
   * Decodes frames, and sees whether all samples that come out are finite.
   *
   * @param from native memory, samples in any alignment
   * @param offset of the first frame in bytes
   * @param into has a plane per channel
   * @param at frame that takes the first one
   * @param frames how many
   * @throws IndexOutOfBoundsException if the frames are not inside both
   */
  void decode(MemorySegment from, long offset, SignalBuffer into, long at, long frames);

  /** Sees whether samples are finite that needed no decoding. */
  void check(SignalBuffer samples, long at, long frames);

  /** Whether a sample was not finite since this was asked last. */
  boolean takeNonFinite();
}
