package io.github.millrace.simd;

import java.lang.invoke.MethodHandle;

/**
 * The mix functions of one variant and format, as millrace.h declares them. Samples pass as
 * segments, which stay alive for the call; the memory of kernels as addresses.
 */
final class MixFunctions {

  private final MethodHandle bytes;
  private final MethodHandle mix;

  MixFunctions(NativeLibrary library, String suffix) {
    bytes = library.function("millrace_mix_bytes_at" + suffix);
    mix = library.function("millrace_mix_at" + suffix);
  }

  /** Bytes of scratch of one call at a time. */
  long scratchBytes(long plan) {
    return NativeLibrary.bytes(bytes, plan, 1)[0];
  }

  /** Mixes the frames of the input; see {@code millrace_mix}. */
  void mix(long plan, Span in, Span out, long scratch) {
    NativeLibrary.call(mix, plan, in, out, 0, scratch);
  }
}
