package io.github.millrace.io.bytes;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** The bytes of an input, seen through views of limited size; one thread at a time. */
public interface ByteSource extends AutoCloseable {

  /** Most bytes that one view can show. */
  int LARGEST_VIEW = 1 << 20;

  /** The name for messages. */
  String name();

  /** Length in bytes, or -1 for a stream. */
  long size();

  /**
   * The bytes from a position on, valid until the next call; a stream only goes forward.
   *
   * @param position first byte, counted from the start of the input
   * @param bytes 0 to {@link #LARGEST_VIEW}
   * @return that many bytes, fewer only where the input ends
   */
  MemorySegment view(long position, int bytes) throws IOException;

  /**
   * Reads bytes from a position on straight into memory, which ends all views; a stream only goes
   * forward.
   *
   * @return bytes read, fewer than the memory holds only where the input ends
   */
  long read(long position, MemorySegment into) throws IOException;

  /** Nanoseconds so far in which calls waited for the system to give bytes. */
  long waitedNanos();

  /** Whether any position can be viewed at any time. */
  default boolean seekable() {
    return size() >= 0;
  }

  /** Closes the input and ends all views; closing twice is harmless. */
  @Override
  void close() throws IOException;
}
