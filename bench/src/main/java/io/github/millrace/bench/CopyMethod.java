package io.github.millrace.bench;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** A way to copy memory; the faster of them is the yardstick. Any thread. */
public enum CopyMethod {
  /** The C library's {@code memcpy}. */
  LIBC("libc") {
    @Override
    void copy(MemorySegment from, MemorySegment to) {
      Memcpy.call(to, from, from.byteSize());
    }
  },
  /** {@link MemorySegment#copyFrom}. */
  JAVA("java") {
    @Override
    void copy(MemorySegment from, MemorySegment to) {
      to.copyFrom(from);
    }
  };

  private final String label;

  CopyMethod(String label) {
    this.label = label;
  }

  /** The name in reports. */
  public String label() {
    return label;
  }

  /**
   * Copies all of a segment.
   *
   * @param from what to copy
   * @param to as large
   */
  abstract void copy(MemorySegment from, MemorySegment to);

  /** The C function, bound on first use. */
  private static final class Memcpy {
    private static final MethodHandle HANDLE = bind();

    @SuppressWarnings("restricted") // memcpy is called with segments of the size it is told
    private static MethodHandle bind() {
      Linker linker = Linker.nativeLinker();
      return linker.downcallHandle(
          linker.defaultLookup().findOrThrow("memcpy"),
          FunctionDescriptor.of(
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              ValueLayout.ADDRESS,
              linker.canonicalLayouts().get("size_t")));
    }

    static void call(MemorySegment to, MemorySegment from, long bytes) {
      try {
        MemorySegment _ = (MemorySegment) HANDLE.invokeExact(to, from, bytes);
      } catch (Throwable e) {
        throw new IllegalStateException("memcpy could not be called", e);
      }
    }
  }
}
