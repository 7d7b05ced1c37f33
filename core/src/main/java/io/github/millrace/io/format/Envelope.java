package io.github.millrace.io.format;

import io.github.millrace.io.Chunk;
import io.github.millrace.io.SignalFileException;
import java.util.List;

/** The bytes of a new file before and after its samples. */
public interface Envelope {

  /** In place of a number of frames: a stream, whose length nobody knows. */
  long UNKNOWN = -1;

  /**
   * The header; of the same length whatever the number of frames.
   *
   * @param frames in the file so far or at the end, or {@link #UNKNOWN}
   * @throws SignalFileException if the format cannot hold so many, or must know
   */
  byte[] header(long frames) throws SignalFileException;

  /** What follows the samples, empty in most formats. */
  byte[] trailer(long frames);

  /** Whether the format holds chunks of metadata. */
  default boolean holdsChunks() {
    return false;
  }

  /** As this, with these chunks behind the samples; only where the format holds chunks. */
  default Envelope with(List<Chunk> late) {
    throw new IllegalStateException("this format holds no chunks");
  }

  /** What of the metadata could not be kept or made right. */
  default List<String> notes() {
    return List.of();
  }
}
