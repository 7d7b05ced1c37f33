package io.github.millrace.simd;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The FIR functions of one variant and format, as millrace.h declares them. Samples pass as
 * segments, which stay alive for the call; the memory of kernels as addresses.
 */
final class FirFunctions {

  private final MethodHandle bytes;
  private final MethodHandle tables;
  private final MethodHandle filter;

  FirFunctions(NativeLibrary library, String suffix) {
    bytes = library.function("millrace_fir_bytes_at" + suffix);
    tables = library.function("millrace_fir_tables_at" + suffix);
    filter = library.function("millrace_fir_at" + suffix);
  }

  /** Bytes of the tables of a filter, and of the scratch of one run at a time. */
  long[] bytes(long fir) {
    return NativeLibrary.bytes(bytes, fir, 2);
  }

  /** Writes the tables of a filter. */
  void tables(long fir, MemorySegment taps, MemorySegment to, long scratch) {
    NativeLibrary.call(tables, fir, taps, 0, 0, to, 0, 0, 0, 0, 0, scratch);
  }

  /** Filters a run; see {@code millrace_fir}. */
  void filter(long fir, Span in, Span out, long past, long scratch) {
    NativeLibrary.call(filter, fir, in, out, past, scratch);
  }
}
