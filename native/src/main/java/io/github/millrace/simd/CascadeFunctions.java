package io.github.millrace.simd;

import java.lang.invoke.MethodHandle;

/**
 * The cascade functions of one variant and format, as millrace.h declares them. Samples pass as
 * segments, which stay alive for the call; the memory of kernels as addresses.
 */
final class CascadeFunctions {

  private final MethodHandle filter;
  private final MethodHandle state;

  CascadeFunctions(NativeLibrary library, String variant, String format) {
    String suffix = "_" + format + "_" + variant;
    filter = library.kernel("millrace_cascade_at" + suffix);
    state = library.kernel("millrace_cascade_state_at" + suffix);
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
      throw NativeLibrary.failure(e);
    }
  }

  /** Carries the state of one channel; see {@code millrace_cascade_state}. */
  void state(long cascade, Span in, CascadeGroup.Workspace work) {
    try {
      state.invokeExact(
          cascade, in.base, in.at, 0L, in.base, 0L, 0L, 1L, in.frames, work.state, work.scratch);
    } catch (Throwable e) {
      throw NativeLibrary.failure(e);
    }
  }
}
