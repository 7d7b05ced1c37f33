package io.github.millrace.io;

import io.github.millrace.signal.SignalBuffer;
import java.io.IOException;
import java.util.List;

/**
 * A signal being written to a file or a stream.
 *
 * <p>A file appears under its own name only by {@link #commit}; closed without it, nothing is left.
 * One thread at a time.
 */
public interface SignalWriter extends AutoCloseable {

  /**
   * Encodes frames from the planes of a buffer and appends them.
   *
   * @param from buffer with one plane per channel
   * @param at first frame to write
   * @param frames number of frames
   * @throws IllegalArgumentException if the planes are not the file's channels
   * @throws IndexOutOfBoundsException if the frames are not in the buffer
   * @throws SignalFileException if the output fails, as when the disk is full
   * @throws IllegalStateException if it is committed or closed
   */
  void write(SignalBuffer from, long at, long frames) throws IOException;

  /** Frames written so far. */
  long frames();

  /** Samples so far that an integer encoding could not hold, and that became its nearest end. */
  long clipped();

  /**
   * The largest magnitude so far of a sample before it was encoded, 1 is full scale; NaN if one was
   * NaN.
   */
  double peak();

  /** Samples so far that were NaN and that an integer encoding holds as 0. */
  long undefined();

  /**
   * Nanoseconds so far in which {@link #write} waited for the output: the rest of its time went
   * into the conversion of samples.
   */
  default long waitedNanos() {
    return 0;
  }

  /**
   * Adds chunks that were found behind the samples of an input, before {@link #commit}; a format or
   * a stream that has no place for them says so in {@link #notes}.
   */
  default void addMetadata(List<Chunk> chunks) {}

  /** What could not be kept or made right in the output, one sentence each. */
  default List<String> notes() {
    return List.of();
  }

  /**
   * Finishes the header and gives the file its name.
   *
   * @throws SignalFileException if that fails, or the name was taken meanwhile and overwriting was
   *     not asked for; the target is then as it was; or if more frames went into a stream than its
   *     header says
   * @throws IllegalStateException if it is committed or closed already
   */
  void commit() throws IOException;

  /** Closes the output and, without a commit, removes what was written; twice is harmless. */
  @Override
  void close() throws IOException;
}
