package io.github.millrace.host;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Page-aligned memory off the heap that whoever comes next uses again, with what is left in it: to
 * free shared memory stops every thread of the JVM for a moment, 50 us, and fresh pages cost more
 * than what is done to the samples in them. A piece belongs to who took it until it is given back.
 * Any thread.
 */
public final class PooledMemory {

  private static final long PAGE = 4096;

  /**
   * A run has up to three blocks of 4 MiB and as many of output; some runs at a time. What is more
   * leaves in the order in which it came.
   */
  private static final long MOST_KEPT = 64 << 20;

  private static final List<PooledMemory> KEPT = new ArrayList<>();
  private static long keptBytes;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment segment;

  /** Whether someone has it; guarded by {@link #KEPT}. */
  private boolean taken = true;

  private PooledMemory(long bytes) {
    try {
      segment = arena.allocate(bytes, PAGE);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /**
   * A piece of at least so many bytes, and less than twice as many.
   *
   * @throws OutOfMemoryError if the memory cannot be had
   */
  public static PooledMemory take(long bytes) {
    long pages = Math.ceilDiv(Math.max(1, bytes), PAGE) * PAGE;
    PooledMemory kept = takeKept(pages);
    return kept == null ? new PooledMemory(pages) : kept;
  }

  private static PooledMemory takeKept(long pages) {
    synchronized (KEPT) {
      for (int i = 0; i < KEPT.size(); i++) {
        long size = KEPT.get(i).bytes();
        if (size >= pages && size < 2 * pages) {
          keptBytes -= size;
          PooledMemory kept = KEPT.remove(i);
          kept.taken = true;
          return kept;
        }
      }
      return null;
    }
  }

  /** Frees all that is kept. */
  static void clear() {
    synchronized (KEPT) {
      KEPT.forEach(PooledMemory::free);
      KEPT.clear();
      keptBytes = 0;
    }
  }

  /** The memory. */
  public MemorySegment segment() {
    return segment;
  }

  private long bytes() {
    return segment.byteSize();
  }

  /**
   * Keeps it for others; nobody may look at it any more.
   *
   * @throws IllegalStateException if it was given back or freed already
   */
  public void giveBack() {
    List<PooledMemory> leaving = new ArrayList<>();
    synchronized (KEPT) {
      if (!taken) {
        throw new IllegalStateException("the memory was given back or freed already");
      }
      taken = false;
      if (bytes() > MOST_KEPT) {
        leaving.add(this);
      } else {
        KEPT.add(this);
        keptBytes += bytes();
      }
      while (keptBytes > MOST_KEPT) {
        keptBytes -= KEPT.getFirst().bytes();
        leaving.add(KEPT.removeFirst());
      }
    }
    leaving.forEach(PooledMemory::free);
  }

  /**
   * Frees it, where someone may still look at it.
   *
   * @throws IllegalStateException if a system call or native code is at work on it
   */
  public void free() {
    arena.close();
    synchronized (KEPT) {
      taken = false;
    }
  }
}
