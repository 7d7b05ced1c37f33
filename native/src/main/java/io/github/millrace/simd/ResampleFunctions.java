package io.github.millrace.simd;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The resampler functions of one variant and format, as millrace.h declares them. Samples pass as
 * segments, which stay alive for the call; the memory of kernels as addresses.
 */
final class ResampleFunctions {

  private final MethodHandle bytes;
  private final MethodHandle table;
  private final MethodHandle resample;

  ResampleFunctions(NativeLibrary library, String suffix) {
    bytes = library.function("millrace_resample_bytes_at" + suffix);
    table = library.function("millrace_resample_table_at" + suffix);
    resample = library.function("millrace_resample_at" + suffix);
  }

  /** Bytes of the table of a resampler, and of the scratch of one call at a time. */
  long[] bytes(long plan) {
    return NativeLibrary.bytes(bytes, plan, 2);
  }

  /** Writes the table of a resampler. */
  void table(long plan, MemorySegment phases, MemorySegment to) {
    NativeLibrary.call(table, plan, phases, 0, 0, to, 0, 0, 0, 0, 0, 0);
  }

  /**
   * Reads a run and writes the outputs it completes; see {@code millrace_resample}.
   *
   * @param wanted address of a {@code millrace_outputs}
   */
  void resample(long plan, Span in, Span out, long wanted, long scratch) {
    NativeLibrary.call(resample, plan, in, out, wanted, scratch);
  }
}
