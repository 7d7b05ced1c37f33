package io.github.millrace.io.bytes;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;

/** A regular file, mapped one window at a time so that resident memory stays flat. */
public final class MappedSource implements ByteSource {

  /** Large against the cost of mapping, small against any machine's memory. */
  private static final long WINDOW = 32L << 20;

  private final String name;
  private final FileChannel channel;
  private final long size;
  private Arena arena;
  private MemorySegment window = MemorySegment.NULL;
  private long start;

  /** A source over an open file, which it closes. */
  public MappedSource(String name, FileChannel channel) throws IOException {
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
    long length = Math.clamp(size - position, 0L, (long) bytes);
    if (length == 0) {
      return MemorySegment.NULL;
    }
    if (position < start || position + length > start + window.byteSize()) {
      map(position);
    }
    return window.asSlice(position - start, length);
  }

  private void map(long position) throws IOException {
    unmap();
    // Shared, because a run may open, read and close on different threads.
    arena = Arena.ofShared();
    long length = Math.min(WINDOW, size - position);
    window = channel.map(FileChannel.MapMode.READ_ONLY, position, length, arena);
    start = position;
  }

  private void unmap() {
    window = MemorySegment.NULL;
    start = 0;
    if (arena != null) {
      arena.close();
      arena = null;
    }
  }

  @Override
  public void close() throws IOException {
    unmap();
    channel.close();
  }
}
