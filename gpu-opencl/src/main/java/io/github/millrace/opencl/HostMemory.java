package io.github.millrace.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * Memory of zeros that costs nothing until it is touched. An arena writes the zeros itself: 64 MiB
 * of windows a plan, most of them never used, were three quarters of the time that it took to
 * prepare one (2-core Zen 5 VM, PoCL 3.1, November 2026).
 */
final class HostMemory {

  private static final MethodHandle CALLOC =
      handle("calloc", FunctionDescriptor.of(ADDRESS, JAVA_LONG, JAVA_LONG));
  private static final MethodHandle FREE = handle("free", FunctionDescriptor.ofVoid(ADDRESS));

  private HostMemory() {}

  @SuppressWarnings("restricted") // the C library's own functions
  private static MethodHandle handle(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
  }

  /**
   * Memory that lives as long as the arena.
   *
   * @throws OutOfMemoryError if there is none
   */
  @SuppressWarnings("restricted") // the size is the one that was asked for
  static MemorySegment allocate(Arena arena, long bytes, long alignment) {
    long room = Math.addExact(bytes, alignment);
    MemorySegment start = calloc(room);
    if (start.address() == 0) {
      throw new OutOfMemoryError("no " + bytes + " bytes of the host's memory");
    }
    MemorySegment all = start.reinterpret(room, arena, HostMemory::free);
    long offset = Math.floorMod(-start.address(), alignment);
    return all.asSlice(offset, bytes);
  }

  private static MemorySegment calloc(long bytes) {
    try {
      return (MemorySegment) CALLOC.invokeExact(1L, bytes);
    } catch (Throwable e) {
      throw new IllegalStateException("calloc failed", e);
    }
  }

  private static void free(MemorySegment memory) {
    try {
      FREE.invokeExact(memory);
    } catch (Throwable e) {
      throw new IllegalStateException("free failed", e);
    }
  }
}
