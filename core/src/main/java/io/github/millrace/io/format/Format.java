package io.github.millrace.io.format;

import io.github.millrace.io.ReadOptions;
import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.WriteOptions;
import io.github.millrace.io.bytes.ByteSource;
import java.io.IOException;

/** One file format: how its header is recognised, read and written; immutable. */
public interface Format {

  /** Most bytes that {@link #recognises} wants to see. */
  int MAGIC_BYTES = 40;

  /** Whether an input that starts with these characters of ISO 8859-1 is of this format. */
  boolean recognises(String start);

  /**
   * Reads the header.
   *
   * @throws SignalFileException if it is not whole, not consistent or not supported; the message
   *     names offset and field
   */
  SampleLayout parse(ByteSource source, ReadOptions options) throws IOException;

  /**
   * What goes around the samples of a new file.
   *
   * @param name of the output, for messages
   * @throws SignalFileException if this format cannot hold what is asked
   */
  Envelope envelope(String name, WriteOptions options) throws SignalFileException;
}
