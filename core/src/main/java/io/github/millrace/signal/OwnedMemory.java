package io.github.millrace.signal;

import io.github.millrace.host.Forgotten;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** Memory of a buffer and its slices, which counts its uses and is freed only between them. */
final class OwnedMemory {

  private static final int FREED = Integer.MIN_VALUE;

  /** Confined memory is open to one thread, and never to this one. */
  private static final Thread NO_THREAD = Thread.ofVirtual().unstarted(() -> {});

  private final Arena arena;
  private final MemorySegment segment;
  private final Forgotten forgotten;
  private final AtomicInteger uses = new AtomicInteger();

  /**
   * New memory of a special kind.
   *
   * @param kind gives at least so many bytes of zeros off the heap, which live as long as the arena
   */
  OwnedMemory(long bytes, BiFunction<Arena, Long, MemorySegment> kind) {
    this(Arena.ofShared(), Math.max(1, bytes), kind);
  }

  private OwnedMemory(Arena arena, long bytes, BiFunction<Arena, Long, MemorySegment> kind) {
    this.arena = arena;
    segment = takeOrClose(arena, bytes, kind);
    forgotten = Forgotten.watch(this, "a SignalBuffer", arena::close);
  }

  /** No memory of the host's, with something to do once when it would be freed, on any thread. */
  @SuppressWarnings("restricted") // of no bytes
  static OwnedMemory elsewhere(Runnable free) {
    return new OwnedMemory(
        Arena.ofShared(),
        0,
        (arena, _) -> MemorySegment.NULL.reinterpret(0, arena, _ -> free.run()));
  }

  private static MemorySegment takeOrClose(
      Arena arena, long bytes, BiFunction<Arena, Long, MemorySegment> kind) {
    try {
      MemorySegment segment = kind.apply(arena, bytes);
      requireHeldBy(arena, segment, bytes);
      return segment;
    } catch (IllegalArgumentException | ArithmeticException e) {
      arena.close();
      throw none(bytes + " bytes", e); // how an arena refuses what it cannot count
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /** What to throw where memory of this size cannot be had. */
  static OutOfMemoryError none(String size, Exception cause) {
    OutOfMemoryError error = new OutOfMemoryError("no memory for a buffer of " + size);
    error.initCause(cause);
    return error;
  }

  /** The memory. */
  MemorySegment segment() {
    return segment;
  }

  /** Throws if memory of the caller's cannot hold samples for all threads of a plan. */
  static void requireForeign(MemorySegment segment, PlanarLayout layout) {
    if (!segment.isNative()) {
      throw new IllegalArgumentException(
          "the segment is on the heap, expected native memory; wrap takes arrays themselves");
    }
    if (segment.byteSize() < layout.byteSize()) {
      throw new IllegalArgumentException(
          "the segment has "
              + segment.byteSize()
              + " bytes, the layout needs "
              + layout.byteSize());
    }
    if (!segment.isAccessibleBy(NO_THREAD)) {
      throw new IllegalArgumentException(
          "the segment is of a confined arena, which one thread may use, expected one that is shared,"
              + " automatic or global");
    }
  }

  /** Native code gets the bare address: nothing but the arena may free what is there. */
  private static void requireHeldBy(Arena arena, MemorySegment segment, long bytes) {
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
