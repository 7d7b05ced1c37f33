package io.github.millrace.signal;

import io.github.millrace.host.Forgotten;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;

/** Memory of a buffer and its slices, which counts its uses and is freed only between them. */
final class OwnedMemory {

  private static final int FREED = Integer.MIN_VALUE;

  private final Arena arena;
  private final Forgotten forgotten;
  private final AtomicInteger uses = new AtomicInteger();

  OwnedMemory(Arena arena) {
    this.arena = arena;
    forgotten = Forgotten.watch(this, "a SignalBuffer", arena::close);
  }

  /** Native code gets the bare address: nothing but the arena may free what is there. */
  static void requireHeldBy(Arena arena, MemorySegment segment, long bytes) {
    if (!segment.scope().equals(arena.scope())
        || segment.byteSize() < bytes
        || segment.isReadOnly()) {
      throw new IllegalStateException(
          "the memory given for a buffer is "
              + segment
              + ", expected at least "
              + bytes
              + " bytes of the arena, to be written");
    }
  }

  /** Counts one more use. */
  void acquire() {
    if (uses.getAndUpdate(now -> now < 0 ? now : now + 1) < 0) {
      throw new IllegalStateException("the buffer is closed");
    }
  }

  /** Ends a use. */
  void release() {
    uses.getAndDecrement();
  }

  /** Frees the memory; once it is free, this does nothing. */
  void free() {
    int now = uses.compareAndExchange(0, FREED);
    if (now > 0) {
      throw new IllegalStateException(
          "the buffer is in use by " + now + (now == 1 ? " call" : " calls") + " of a plan");
    }
    if (now == 0) {
      close();
    }
  }

  private void close() {
    try {
      arena.close();
    } catch (IllegalStateException e) {
      uses.set(0);
      throw new IllegalStateException("a native call uses the buffer's memory", e);
    }
    forgotten.dismiss();
  }
}
