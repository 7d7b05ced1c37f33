package io.github.millrace.simd;

import java.lang.invoke.MethodHandle;

/**
 * The cascade functions of one variant and format, as millrace.h declares them. Samples pass as
 * segments, which stay alive for the call; the memory of kernels as addresses. Arrays go to C slice
 * by slice.
 */
final class CascadeFunctions {

  private final NativeLibrary library;
  private final String suffix;
  private final MethodHandle filter;
  private final MethodHandle state;

  /** The same for arrays; null until one comes. */
  private volatile MethodHandle filterArrays;

  private volatile MethodHandle arrayState;

  CascadeFunctions(NativeLibrary library, String variant, String format) {
    this.library = library;
    suffix = "_at_" + format + "_" + variant;
    filter = library.function("millrace_cascade" + suffix);
    state = library.function("millrace_cascade_state" + suffix);
  }

  /** Filters channels, of an array one; see {@code millrace_cascade}. */
  void filter(long cascade, Span in, Span out, CascadeGroup.Workspace work) {
    if (in.base.isNative() && out.base.isNative()) {
      NativeLibrary.call(filter, cascade, in, out, work.state, work.scratch);
      return;
    }
    if (filterArrays == null) {
      filterArrays = library.arrayFunction("millrace_cascade" + suffix);
    }
    long frames = in.frames;
    for (long left = frames; left > 0; left -= in.frames) {
      in.frames = Math.min(left, work.sliceFrames);
      NativeLibrary.call(filterArrays, cascade, in, out, work.state, work.scratch);
      in.at += in.frames * in.sampleBytes;
      out.at += in.frames * out.sampleBytes;
    }
    in.frames = frames;
  }

  /** Carries the state of one channel; see {@code millrace_cascade_state}. */
  void state(long cascade, Span in, CascadeGroup.Workspace work) {
    if (in.base.isNative()) {
      NativeLibrary.call(state, cascade, in, in, work.state, work.scratch);
      return;
    }
    if (arrayState == null) {
      arrayState = library.arrayFunction("millrace_cascade_state" + suffix);
    }
    for (long left = in.frames; left > 0; left -= in.frames) {
      in.frames = Math.min(left, work.sliceFrames);
      NativeLibrary.call(arrayState, cascade, in, in, work.state, work.scratch);
      in.at += in.frames * in.sampleBytes;
    }
  }
}
