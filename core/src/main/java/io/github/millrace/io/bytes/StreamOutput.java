package io.github.millrace.io.bytes;

import io.github.millrace.io.ClosedPipeException;
import io.github.millrace.io.SignalFileException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Locale;

/** A pipe or a device, written straight: what has gone out cannot be taken back. */
public final class StreamOutput implements OutputFile {

  private final String name;
  private final WritableByteChannel channel;
  private final Closeable end;
  private final boolean standard;
  private long waitedNanos;

  /** An output over an open channel of this name, which it closes. */
  public StreamOutput(String name, WritableByteChannel channel) {
    this.name = name;
    this.channel = channel;
    end = channel;
    standard = false;
  }

  /**
   * The standard output, or what stands in for it.
   *
   * @param channel takes the bytes
   * @param end what to do at the end: to flush what outlives it
   */
  public StreamOutput(WritableByteChannel channel, Closeable end) {
    name = "standard output";
    this.channel = channel;
    this.end = end;
    standard = true;
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
    long began = System.nanoTime();
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      waitedNanos += System.nanoTime() - began;
    } catch (IOException e) {
      if (standard && isBrokenPipe(e)) {
        throw new ClosedPipeException(e);
      }
      throw DiskFull.isCauseOf(e)
          ? new SignalFileException(name, "no space left on device", e)
          : SignalFileException.of(name, e);
    }
  }

  /** By the word of POSIX, in English: the launcher sees to that. */
  private static boolean isBrokenPipe(IOException e) {
    return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("broken pipe");
  }

  @Override
  public long waitedNanos() {
    return waitedNanos;
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
