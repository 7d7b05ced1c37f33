package io.github.millrace.simd;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;

/**
 * The mix functions of one variant and format, as millrace.h declares them. Samples pass as
 * segments, which stay alive for the call; the memory of kernels as addresses.
 */
final class MixFunctions {

  private static final FunctionDescriptor BYTES = FunctionDescriptor.of(JAVA_LONG, JAVA_LONG);
  private static final FunctionDescriptor MIX =
      FunctionDescriptor.ofVoid(
          JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG,
          JAVA_LONG);

  private final MethodHandle scratchBytes;
  private final MethodHandle mix;

  MixFunctions(NativeLibrary library, String suffix) {
    scratchBytes = library.function("millrace_mix_scratch_bytes" + suffix, BYTES);
    mix = library.function("millrace_mix_at" + suffix, MIX);
  }

  /** Bytes of scratch of one call at a time. */
  long scratchBytes(long plan) {
    try {
      return (long) scratchBytes.invokeExact(plan);
    } catch (Throwable e) {
      throw RunKernel.failure(e);
    }
  }

  /** Mixes the frames of the input; see {@code millrace_mix}. */
  void mix(long plan, Span in, Span out, long scratch) {
    try {
      mix.invokeExact(
          plan,
          in.base,
          in.at,
          in.strideBytes,
          out.base,
          out.at,
          out.strideBytes,
          in.frames,
          scratch);
    } catch (Throwable e) {
      throw RunKernel.failure(e);
    }
  }
}
