package io.github.millrace.simd;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The conversions of one variant, as millrace.h declares them for {@code millrace_frames}. */
final class FrameFunctions {

  private final MethodHandle decode;
  private final MethodHandle encode;
  private final MethodHandle meter;

  FrameFunctions(NativeLibrary library, String variant) {
    decode = library.kernel("millrace_decode_at_" + variant);
    encode = library.kernel("millrace_encode_at_" + variant);
    meter = library.kernel("millrace_meter_at_" + variant);
  }

  /** Stored frames to planes. */
  void decode(MemorySegment plan, MemorySegment from, long offset, Span to) {
    call(decode, plan, from, offset, 0, to.base, to.at, to.strideBytes, to);
  }

  /** Planes to stored frames. */
  void encode(MemorySegment plan, Span from, MemorySegment to, long offset) {
    call(encode, plan, from.base, from.at, from.strideBytes, to, offset, 0, from);
  }

  /** The peaks of planes. */
  void meter(MemorySegment plan, Span planes) {
    call(meter, plan, planes.base, planes.at, planes.strideBytes, planes.base, 0, 0, planes);
  }

  private static void call(
      MethodHandle function,
      MemorySegment plan,
      MemorySegment in,
      long inAt,
      long inStride,
      MemorySegment out,
      long outAt,
      long outStride,
      Span size) {
    try {
      function.invokeExact(
          plan.address(),
          in,
          inAt,
          inStride,
          out,
          outAt,
          outStride,
          size.channels,
          size.frames,
          0L,
          0L);
    } catch (Throwable e) {
      throw NativeLibrary.failure(e);
    }
  }
}
