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
  private long waitedNanos;

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

  @Override
  public long read(long position, MemorySegment into) throws IOException {
    if (position < start || position > start + buffer.position()) {
      view(position, 1); // what lies between goes by
    }
    int from = (int) Math.min(position - start, buffer.position());
    long done = Math.min(into.byteSize(), buffer.position() - from);
    MemorySegment.copy(memory, from, into, 0, done);
    discard((int) (from + done));
    while (done < into.byteSize() && !ended) {
      long part = Math.min(into.byteSize() - done, LARGEST_VIEW);
      int got = next(into.asSlice(done, part).asByteBuffer());
      ended = got < 0;
      done += Math.max(0, got);
    }
    start = position + done;
    return done;
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
    ended = next(buffer) < 0;
    buffer.limit(buffer.capacity());
    return !ended;
  }

  private int next(ByteBuffer to) throws IOException {
    long began = System.nanoTime();
    try {
      return channel.read(to);
    } finally {
      waitedNanos += System.nanoTime() - began;
    }
  }

  @Override
  public long waitedNanos() {
    return waitedNanos;
  }

  @Override
  public void close() throws IOException {
    if (arena.scope().isAlive()) {
      arena.close();
    }
    channel.close();
  }
}
