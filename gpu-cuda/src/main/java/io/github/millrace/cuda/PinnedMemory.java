package io.github.millrace.cuda;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The host's memory that a context has pinned for users, so that samples travel from and to where
 * they are. The memory itself is the arena's: what becomes of the device is no danger to it. Any
 * thread.
 */
final class PinnedMemory {

  /** For all contexts of the process. */
  private static final int PORTABLE = 1;

  private static final long PAGE = 4096;

  private final CudaContext context;
  private volatile long[] ranges = {};

  PinnedMemory(CudaContext context) {
    this.context = context;
  }

  /** Memory of zeros on a page boundary, pinned if the system allows that. */
  MemorySegment allocate(Arena arena, long bytes) {
    MemorySegment memory = arena.allocate(Math.ceilDiv(bytes, PAGE) * PAGE, PAGE);
    long start = memory.address();
    context.makeCurrent();
    int code = context.driver().call(CudaCall.PIN, start, memory.byteSize(), PORTABLE);
    if (code != 0) {
      return memory;
    }
    add(start, start + memory.byteSize());
    return owned(memory, arena);
  }

  @SuppressWarnings("restricted") // the arena's own memory, with something to do before it goes
  private MemorySegment owned(MemorySegment memory, Arena arena) {
    long start = memory.address();
    return memory.reinterpret(arena, _ -> release(start));
  }

  private synchronized void add(long start, long end) {
    long[] longer = Arrays.copyOf(ranges, ranges.length + 2);
    longer[ranges.length] = start;
    longer[ranges.length + 1] = end;
    ranges = longer;
  }

  /** Where the device is lost, the driver knows nothing of the memory any more: no harm. */
  private void release(long start) {
    remove(start);
    context.tryCurrent();
    context.driver().call(CudaCall.UNPIN, start);
  }

  private synchronized void remove(long start) {
    long[] now = ranges;
    for (int i = 0; i < now.length; i += 2) {
      if (now[i] == start) {
        long[] shorter = Arrays.copyOf(now, now.length - 2);
        System.arraycopy(now, i + 2, shorter, i, now.length - 2 - i);
        ranges = shorter;
        return;
      }
    }
  }

  /** Whether all of a segment is pinned here. */
  boolean holds(MemorySegment segment) {
    long start = segment.address();
    long end = start + segment.byteSize();
    long[] now = ranges;
    for (int i = 0; i < now.length; i += 2) {
      if (now[i] <= start && end <= now[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
