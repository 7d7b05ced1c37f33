package io.github.millrace.io.bytes;

import io.github.millrace.host.PooledMemory;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;

/**
 * A regular file, read by position into memory that is used again.
 *
 * <p>Not mapped: reading costs one copy within the caches, 38 against 27 ms for 346 MB, but a file
 * that is cut short while native code reads a map ends the process (2.1 GHz Xeon, Linux 6.18,
 * November 2026).
 */
public final class PositionedSource implements ByteSource {

  /** Bytes that the first look at a file brings: header and samples of a short one in one call. */
  private static final int AHEAD = 1 << 17;

  private static final long LARGEST_READ = 1L << 30;

  private final String name;
  private final FileChannel channel;
  private final long size;
  private PooledMemory pooled;
  private MemorySegment memory = MemorySegment.NULL;
  private volatile boolean reading;
  private long start;
  private long held;
  private long waitedNanos;

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
    if (!channel.isOpen()) {
      throw new ClosedChannelException();
    }
    long wanted = Math.clamp(size - position, 0, bytes);
    if (position < start || position + wanted > start + held) {
      long ahead = Math.clamp(size - position, 0, Math.max(bytes, AHEAD));
      reserve(ahead);
      start = position;
      held = 0;
      held = read(position, memory.asSlice(0, ahead));
    }
    return memory.asSlice(position - start, Math.min(wanted, held - (position - start)));
  }

  private void reserve(long bytes) {
    if (bytes > memory.byteSize()) {
      giveBack();
      pooled = PooledMemory.take(bytes);
      memory = pooled.segment();
    }
  }

  @Override
  public long read(long position, MemorySegment into) throws IOException {
    long wanted = Math.clamp(size - position, 0, into.byteSize());
    long began = System.nanoTime();
    long done = 0;
    int part;
    reading = true;
    try {
      do {
        ByteBuffer rest = into.asSlice(done, Math.min(wanted - done, LARGEST_READ)).asByteBuffer();
        part = channel.read(rest, position + done);
        done += Math.max(0, part);
      } while (part > 0 && done < wanted);
    } finally {
      reading = false;
    }
    waitedNanos += System.nanoTime() - began;
    return done;
  }

  @Override
  public long waitedNanos() {
    return waitedNanos;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    giveBack();
  }

  /** A thread that hangs in a read still has the memory: then it is nobody's. */
  private void giveBack() {
    PooledMemory piece = pooled;
    pooled = null;
    memory = MemorySegment.NULL;
    held = 0;
    if (piece != null && !reading) {
      piece.giveBack();
    }
  }
}
