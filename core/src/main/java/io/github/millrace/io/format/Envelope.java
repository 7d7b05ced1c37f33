package io.github.millrace.io.format;

import io.github.millrace.io.SignalFileException;

/** The bytes of a new file before and after its samples. */
public interface Envelope {

  /** In place of a number of frames: a stream, whose header is never corrected. */
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
}
