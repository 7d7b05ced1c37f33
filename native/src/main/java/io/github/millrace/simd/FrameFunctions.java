package io.github.millrace.simd;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The conversions of one variant, as millrace.h declares them for {@code millrace_frames}. */
final class FrameFunctions {

  /** The most samples on the heap that one call may take, to be over in 50 us. */
  static final long HEAP_SAMPLES = 1 << 14;

  private final NativeLibrary library;
  private final Function decode;
  private final Function encode;
  private final Function meter;

  FrameFunctions(NativeLibrary library, String variant) {
    this.library = library;
    decode = new Function("millrace_decode_at_" + variant);
    encode = new Function("millrace_encode_at_" + variant);
    meter = new Function("millrace_meter_at_" + variant);
  }

  /** A function, and the same for memory on the heap, once that comes. */
  private final class Function {
    private final String name;
    private final MethodHandle handle;
    private volatile MethodHandle arrays;

    Function(String name) {
      this.name = name;
      handle = library.function(name);
    }

    MethodHandle of(MemorySegment in, MemorySegment out) {
      if (in.isNative() && out.isNative()) {
        return handle;
      }
      if (arrays == null) {
        arrays = library.arrayFunction(name);
      }
      return arrays;
    }
  }

  /** Stored frames to planes. */
  void decode(MemorySegment plan, MemorySegment from, long offset, Span to) {
    MethodHandle function = decode.of(from, to.base);
    call(function, plan, from, offset, 0, to.base, to.at, to.strideBytes, to);
  }

  /** Planes to stored frames. */
  void encode(MemorySegment plan, Span from, MemorySegment to, long offset) {
    MethodHandle function = encode.of(from.base, to);
    call(function, plan, from.base, from.at, from.strideBytes, to, offset, 0, from);
  }

  /** The peaks of planes. */
  void meter(MemorySegment plan, Span planes) {
    MethodHandle function = meter.of(planes.base, planes.base);
    call(function, plan, planes.base, planes.at, planes.strideBytes, planes.base, 0, 0, planes);
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
    NativeLibrary.call(
        function,
        plan.address(),
        in,
        inAt,
        inStride,
        out,
        outAt,
        outStride,
        size.channels,
        size.frames,
        0,
        0);
  }
}
