package io.github.millrace.io;

import io.github.millrace.signal.SignalBuffer;
import java.io.IOException;
import java.util.List;

/** A signal being read from a file or a stream, front to back or, in a file, from any frame. */
public interface SignalReader extends AutoCloseable {

  /** What the header says. */
  FileFormat info();

  /**
   * Decodes the next frames into the planes of a buffer, converted to the buffer's sample type.
   *
   * @param into buffer with one plane per channel
   * @param at frame of the buffer that takes the first one read
   * @param frames most frames to read; a stream is waited for until they are there or it ends
   * @return frames read; fewer than asked only at the end, 0 after it
   * @throws IllegalArgumentException if the planes are not the file's channels
   * @throws IndexOutOfBoundsException if the frames do not fit the buffer
   * @throws SignalFileException if the input fails, or a file shrinks while it is read
   */
  long read(SignalBuffer into, long at, long frames) throws IOException;

  /**
   * Chunks that lay behind the samples of a stream, where {@link #info} could not know them; all
   * are there once a read has returned fewer frames than asked.
   */
  default List<Chunk> lateMetadata() {
    return List.of();
  }

  /**
   * What was skipped or tolerated so far, one sentence each, those of {@link #info} first: such as
   * samples that the header promises and the input does not hold.
   */
  default List<String> notes() {
    return info().notes();
  }

  /**
   * Whether a sample that was read since this was asked last may be NaN or infinite; the answer
   * costs no second look at them. A reader that does not look says yes.
   */
  default boolean takeNonFinite() {
    return true;
  }

  /**
   * Nanoseconds so far in which {@link #read} waited for the input: the rest of its time went into
   * the conversion of samples.
   */
  default long waitedNanos() {
    return 0;
  }

  /** Whether {@link #seek} works: true for files, false for streams. */
  boolean seekable();

  /**
   * Makes {@code frame} the next one to be read.
   *
   * @param frame 0 to the length of the file, both included
   * @throws IllegalStateException if the input is a stream
   * @throws IndexOutOfBoundsException if the frame lies outside the file
   */
  void seek(long frame);

  /** Closes the input; closing twice is harmless. */
  @Override
  void close() throws IOException;
}
