package io.github.millrace.simd;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/**
 * The cascade functions of one variant and format, as millrace.h declares them. Samples pass as
 * segments, which stay alive for the call; the memory of kernels as addresses.
 */
final class CascadeFunctions {

  private static final FunctionDescriptor FILTER =
      FunctionDescriptor.ofVoid(
          JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG,
          JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final FunctionDescriptor STATE =
      FunctionDescriptor.ofVoid(JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);
  private static final FunctionDescriptor SCRATCH = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG);

  private final MethodHandle filter;
  private final MethodHandle state;
  private final MethodHandle scratch;

  CascadeFunctions(NativeLibrary library, String variant, String format) {
    String suffix = "_" + format + "_" + variant;
    filter = library.function("millrace_cascade_at" + suffix, FILTER);
    state = library.function("millrace_cascade_state_at" + suffix, STATE);
    scratch = library.function("millrace_cascade_scratch", SCRATCH);
  }

  /** Filters channels; see {@code millrace_cascade}. */
  void filter(long cascade, Span in, Span out, CascadeGroup.Workspace work) {
    try {
      filter.invokeExact(
          cascade,
          in.base,
          in.at,
          in.strideBytes,
          out.base,
          out.at,
          out.strideBytes,
          in.channels,
          in.frames,
          work.state,
          work.scratch);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /** Carries the state of one channel; see {@code millrace_cascade_state}. */
  void state(long cascade, Span in, CascadeGroup.Workspace work) {
    try {
      state.invokeExact(cascade, in.base, in.at, in.frames, work.state, work.scratch);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  /** Bytes of scratch of one thread. */
  long scratchBytes(long sections) {
    try {
      return (long) scratch.invokeExact(sections);
    } catch (Throwable e) {
      throw failure(e);
    }
  }

  private static IllegalStateException failure(Throwable e) {
    return new IllegalStateException("a native call failed: " + e, e);
  }
}
