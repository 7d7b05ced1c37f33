package io.github.millrace.io.bytes;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the bytes of an output go. */
public interface OutputFile extends AutoCloseable {

  /** The name for messages. */
  String name();

  /** Whether {@link #rewrite} works. */
  boolean seekable();

  /** Appends all remaining bytes. */
  void append(ByteBuffer bytes) throws IOException;

  /** Nanoseconds so far in which {@link #append} waited for the system to take bytes. */
  long waitedNanos();

  /** Replaces the first bytes of the output. */
  void rewrite(byte[] start) throws IOException;

  /** Completes the output under its own name. */
  void commit() throws IOException;

  /** Closes the output and, without a commit, removes it; closing twice is harmless. */
  @Override
  void close() throws IOException;
}
