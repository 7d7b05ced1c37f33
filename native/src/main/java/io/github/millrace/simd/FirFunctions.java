package io.github.millrace.simd;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/**
 * The FIR functions of one variant and format, as millrace.h declares them. Samples pass as
 * segments, which stay alive for the call; the memory of kernels as addresses.
 */
final class FirFunctions {

  private static final FunctionDescriptor BYTES = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG);
  private static final FunctionDescriptor TABLES =
      FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final FunctionDescriptor FILTER =
      FunctionDescriptor.ofVoid(
          JAVA_LONG, ADDRESS, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private final MethodHandle tableBytes;
  private final MethodHandle scratchBytes;
  private final MethodHandle tables;
  private final MethodHandle filter;

  FirFunctions(NativeLibrary library, String suffix) {
    tableBytes = library.function("millrace_fir_table_bytes" + suffix, BYTES);
    scratchBytes = library.function("millrace_fir_scratch_bytes" + suffix, BYTES);
    tables = library.function("millrace_fir_tables" + suffix, TABLES);
    filter = library.function("millrace_fir_at" + suffix, FILTER);
  }

  /** Bytes of the tables of a filter. */
  long tableBytes(long fir) {
    try {
      return (long) tableBytes.invokeExact(fir);
    } catch (Throwable e) {
      throw RunKernel.failure(e);
    }
  }

  /** Bytes of scratch of one run at a time. */
  long scratchBytes(long fir) {
    try {
      return (long) scratchBytes.invokeExact(fir);
    } catch (Throwable e) {
      throw RunKernel.failure(e);
    }
  }

  /** Writes the tables of a filter. */
  void tables(long fir, long taps, long to, long scratch) {
    try {
      tables.invokeExact(fir, taps, to, scratch);
    } catch (Throwable e) {
      throw RunKernel.failure(e);
    }
  }

  /** Filters a run; see {@code millrace_fir}. */
  void filter(long fir, Span in, Span out, long past, long scratch) {
    try {
      filter.invokeExact(fir, in.base, in.at, out.base, out.at, in.frames, past, scratch);
    } catch (Throwable e) {
      throw RunKernel.failure(e);
    }
  }
}
