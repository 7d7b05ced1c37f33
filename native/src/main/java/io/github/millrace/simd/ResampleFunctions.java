package io.github.millrace.simd;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/**
 * The resampler functions of one variant and format, as millrace.h declares them. Samples pass as
 * segments, which stay alive for the call; the memory of kernels as addresses.
 */
final class ResampleFunctions {

  private static final FunctionDescriptor BYTES = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG);
  private static final FunctionDescriptor TABLE =
      FunctionDescriptor.ofVoid(JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final FunctionDescriptor RESAMPLE =
      FunctionDescriptor.of(
          JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG,
          JAVA_LONG, JAVA_LONG);

  /** The memory that one thread hands to C. */
  static final class Workspace {
    /** A {@code millrace_outputs}. */
    long wanted;

    long past;
    long scratch;
  }

  private final MethodHandle tableBytes;
  private final MethodHandle scratchBytes;
  private final MethodHandle table;
  private final MethodHandle resample;

  ResampleFunctions(NativeLibrary library, String suffix) {
    tableBytes = library.function("millrace_resample_table_bytes" + suffix, BYTES);
    scratchBytes = library.function("millrace_resample_scratch_bytes" + suffix, BYTES);
    table = library.function("millrace_resample_table" + suffix, TABLE);
    resample = library.function("millrace_resample_at" + suffix, RESAMPLE);
  }

  /** Bytes of the table of a resampler. */
  long tableBytes(long plan) {
    try {
      return (long) tableBytes.invokeExact(plan);
    } catch (Throwable e) {
      throw RunKernel.failure(e);
    }
  }

  /** Bytes of scratch of one call at a time. */
  long scratchBytes(long plan) {
    try {
      return (long) scratchBytes.invokeExact(plan);
    } catch (Throwable e) {
      throw RunKernel.failure(e);
    }
  }

  /** Writes the table of a resampler. */
  void table(long plan, long phases, long to) {
    try {
      table.invokeExact(plan, phases, to);
    } catch (Throwable e) {
      throw RunKernel.failure(e);
    }
  }

  /** Reads a run and writes the outputs it completes; see {@code millrace_resample}. */
  void resample(long plan, Span in, Span out, Workspace work) {
    try {
      long _ =
          (long)
              resample.invokeExact(
                  plan,
                  in.base,
                  in.at,
                  in.frames,
                  out.base,
                  out.at,
                  work.wanted,
                  work.past,
                  work.scratch);
    } catch (Throwable e) {
      throw RunKernel.failure(e);
    }
  }
}
