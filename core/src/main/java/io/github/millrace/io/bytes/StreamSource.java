package io.github.millrace.io.bytes;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/** A pipe, a device or any other input that only goes forward, behind one fixed buffer. */
public final class StreamSource implements ByteSource {

  private final String name;
  private final ReadableByteChannel channel;
  private final Arena arena = Arena.ofShared();
  private final MemorySegment memory = arena.allocate(LARGEST_VIEW);
  private final ByteBuffer buffer = memory.asByteBuffer();
  private long start;
  private boolean ended;

  /** A source over an open channel, which it closes. */
  public StreamSource(String name, ReadableByteChannel channel) {
    this.name = name;
    this.channel = channel;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long size() {
    return -1;
  }

  @Override
  public MemorySegment view(long position, int bytes) throws IOException {
    if (position < start) {
      throw new IllegalStateException(
          "byte " + position + " of a stream has passed, the buffer starts at " + start);
    }
    // What fits the buffer stays: a look ahead loses nothing.
    if (position - start + bytes > buffer.capacity()) {
      while (position - start > buffer.position()) {
        skip(position);
      }
      discard((int) (position - start));
    }
    int from = (int) (position - start);
    while (buffer.position() < from + bytes && fill(from + bytes)) {}
    return memory.asSlice(from, Math.clamp(buffer.position() - from, 0, bytes));
  }

  private void skip(long position) throws IOException {
    discard(buffer.position());
    int wanted = (int) Math.min(position - start, buffer.capacity());
    while (buffer.position() < wanted) {
      if (!fill(wanted)) {
        discard(buffer.position());
        start = position;
        return;
      }
    }
  }

  private void discard(int bytes) {
    int end = buffer.position();
    buffer.position(bytes).limit(end);
    buffer.compact();
    start += bytes;
  }

  private boolean fill(int wanted) throws IOException {
    if (ended) {
      return false;
    }
    buffer.limit(wanted);
    ended = channel.read(buffer) < 0;
    buffer.limit(buffer.capacity());
    return !ended;
  }

  @Override
  public void close() throws IOException {
    if (arena.scope().isAlive()) {
      arena.close();
    }
    channel.close();
  }
}
