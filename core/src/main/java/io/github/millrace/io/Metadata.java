package io.github.millrace.io;

import java.util.List;
import java.util.Optional;

/**
 * Chunks for a new file, and the signal that they describe, so that rates, positions and counts in
 * them can follow what was done to it.
 *
 * @param chunks as they were read
 * @param origin the signal they describe; empty where that is the one to be written
 * @param shiftFrames frames of the output before the origin's first one; negative where the start
 *     was cut
 */
public record Metadata(List<Chunk> chunks, Optional<FileFormat> origin, long shiftFrames) {

  /** Copies the list. */
  public Metadata {
    chunks = List.copyOf(chunks);
  }

  /** Chunks to be written as they are. */
  public static Metadata of(List<Chunk> chunks) {
    return new Metadata(chunks, Optional.empty(), 0);
  }

  /** The chunks of an input, for an output that is made from it and may differ in its format. */
  public static Metadata of(FileFormat origin, long shiftFrames) {
    return new Metadata(origin.metadata(), Optional.of(origin), shiftFrames);
  }

  /** Other chunks of the same signal. */
  public Metadata withChunks(List<Chunk> others) {
    return new Metadata(others, origin, shiftFrames);
  }
}
