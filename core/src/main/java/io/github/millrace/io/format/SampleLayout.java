package io.github.millrace.io.format;

import io.github.millrace.io.FileFormat;
import io.github.millrace.io.Scale;
import io.github.millrace.io.pcm.StoredFrames;
import java.nio.ByteOrder;

/**
 * Where the samples of an input lie; their number is in the format.
 *
 * @param format what the header says
 * @param offset of the first sample in bytes
 * @param order byte order of the samples
 * @param planar whether the channels follow each other instead of being interleaved
 * @param tail what may follow the samples of a stream
 */
public record SampleLayout(
    FileFormat format, long offset, ByteOrder order, boolean planar, Tail tail) {

  /** Samples that nothing follows. */
  public SampleLayout(FileFormat format, long offset, ByteOrder order, boolean planar) {
    this(format, offset, order, planar, Tail.NONE);
  }

  /** Interleaved little-endian samples. */
  public static SampleLayout interleaved(FileFormat format, long offset) {
    return new SampleLayout(format, offset, ByteOrder.LITTLE_ENDIAN, false);
  }

  /** This layout with integers read as this. */
  public SampleLayout withScale(Scale scale) {
    return new SampleLayout(format.withScale(scale), offset, order, planar, tail);
  }

  /** How so many samples that belong together are stored. */
  StoredFrames stored(int samples) {
    return new StoredFrames(format.encoding(), format.scale(), order, samples);
  }

  /** Bytes of one frame. */
  public int frameBytes() {
    return format.channels() * format.encoding().bytes();
  }
}
