package io.github.millrace.io.bytes;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** A regular file read by position, for access that hops so far that mapped windows do not pay. */
public final class PositionedSource implements ByteSource {

  private final String name;
  private final FileChannel channel;
  private final long size;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory = arena.allocate(LARGEST_VIEW);
  private final ByteBuffer buffer = memory.asByteBuffer();

  /** A source over an open file, which it closes. */
  public PositionedSource(String name, FileChannel channel) throws IOException {
    this.name = name;
    this.channel = channel;
    this.size = channel.size();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public MemorySegment view(long position, int bytes) throws IOException {
    buffer.clear().limit(bytes);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, position + buffer.position()) < 0) {
        break;
      }
    }
    return memory.asSlice(0, buffer.position());
  }

  @Override
  public void close() throws IOException {
    if (arena.scope().isAlive()) {
      arena.close();
    }
    channel.close();
  }
}
