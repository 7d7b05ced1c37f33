package io.github.millrace.simd;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/**
 * The FIR functions of one variant and format, as millrace.h declares them. Addresses pass as
 * longs, so that a call allocates nothing.
 */
final class FirFunctions {

  private static final FunctionDescriptor BYTES = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG);
  private static final FunctionDescriptor TABLES =
      FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final FunctionDescriptor FILTER =
      FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  private final MethodHandle tableBytes;
  private final MethodHandle scratchBytes;
  private final MethodHandle tables;
  private final MethodHandle filter;

  FirFunctions(NativeLibrary library, String suffix) {
    tableBytes = library.function("millrace_fir_table_bytes" + suffix, BYTES);
    scratchBytes = library.function("millrace_fir_scratch_bytes" + suffix, BYTES);
    tables = library.function("millrace_fir_tables" + suffix, TABLES);
    filter = library.function("millrace_fir" + suffix, FILTER);
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
      filter.invokeExact(fir, in.address, out.address, in.frames, past, scratch);
    } catch (Throwable e) {
      throw RunKernel.failure(e);
    }
  }
}
