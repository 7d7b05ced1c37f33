package io.github.millrace.io.bytes;

import io.github.millrace.io.SignalFileException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** A pipe or a device, written straight: what has gone out cannot be taken back. */
public final class StreamOutput implements OutputFile {

  private final String name;
  private final WritableByteChannel channel;
  private final Closeable end;

  /**
   * An output over an open channel.
   *
   * @param name for messages
   * @param channel takes the bytes
   * @param end what to do at the end: close the channel, or flush what outlives it
   */
  public StreamOutput(String name, WritableByteChannel channel, Closeable end) {
    this.name = name;
    this.channel = channel;
    this.end = end;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean seekable() {
    return false;
  }

  @Override
  public void append(ByteBuffer bytes) throws IOException {
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    } catch (IOException e) {
      throw DiskFull.isCauseOf(e)
          ? new SignalFileException(name, "no space left on device", e)
          : SignalFileException.of(name, e);
    }
  }

  @Override
  public void rewrite(byte[] start) {
    throw new IllegalStateException("a stream cannot be rewritten");
  }

  @Override
  public void commit() throws IOException {
    close();
  }

  @Override
  public void close() throws IOException {
    end.close();
  }
}
