package io.github.millrace.simd;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import org.junit.jupiter.api.Assumptions;

/**
 * More addresses than there is memory: what is never written takes none, and a middle part may be
 * one piece of memory many times over.
 */
@SuppressWarnings("restricted") // Linux's own functions
final class FarMemory implements AutoCloseable {

  /** Of the piece that is repeated: it stays in a cache. */
  private static final long PIECE = 4L << 20;

  private static final int READ_WRITE = 3;
  private static final int SHARED_FIXED = 0x11;
  private static final int PRIVATE_ANONYMOUS_NORESERVE = 0x4022;

  private static final MethodHandle MMAP =
      function(
          "mmap",
          FunctionDescriptor.of(
              ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle MUNMAP =
      function("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
  private static final MethodHandle MEMFD =
      function("memfd_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle TRUNCATE =
      function("ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
  private static final MethodHandle CLOSE =
      function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private final MemorySegment segment;

  /** Zeros, which become memory where they are written. */
  FarMemory(long bytes) throws Throwable {
    segment = map(MemorySegment.NULL, bytes, PRIVATE_ANONYMOUS_NORESERVE, -1).reinterpret(bytes);
  }

  private static MethodHandle function(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
  }

  private static MemorySegment map(MemorySegment at, long bytes, int flags, int file)
      throws Throwable {
    MemorySegment mapped = (MemorySegment) MMAP.invokeExact(at, bytes, READ_WRITE, flags, file, 0L);
    Assumptions.assumeTrue(
        mapped.address() != -1, () -> "no room for " + bytes + " bytes of addresses");
    return mapped;
  }

  MemorySegment segment() {
    return segment;
  }

  /** Makes the same piece of all pieces between two offsets. */
  FarMemory repeat(long from, long to) throws Throwable {
    try (Arena arena = Arena.ofConfined()) {
      int file = (int) MEMFD.invokeExact(arena.allocateFrom("piece"), 0);
      int _ = (int) TRUNCATE.invokeExact(file, PIECE);
      for (long at = from; at + PIECE <= to; at += PIECE) {
        map(segment.asSlice(at, PIECE), PIECE, SHARED_FIXED, file);
      }
      int _ = (int) CLOSE.invokeExact(file);
    }
    return this;
  }

  @Override
  public void close() {
    try {
      int _ = (int) MUNMAP.invokeExact(segment, segment.byteSize());
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }
}
