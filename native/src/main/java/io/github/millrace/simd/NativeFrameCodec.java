package io.github.millrace.simd;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.millrace.io.Scale;
import io.github.millrace.io.pcm.FrameDecoder;
import io.github.millrace.io.pcm.FrameEncoder;
import io.github.millrace.io.pcm.StoredFrames;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.simd.Structs.Frames;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteOrder;
import java.util.function.Supplier;

/** Decodes and encodes in C; the plan's struct carries what is counted. */
final class NativeFrameCodec implements FrameDecoder, FrameEncoder {

  private static final int SIGNED = 0;
  private static final int UNSIGNED = 1;
  private static final int FLOATING = 2;
  private static final long INFINITE_32 = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
  private static final long INFINITE_64 = Double.doubleToRawLongBits(Double.POSITIVE_INFINITY);

  private final Supplier<FrameFunctions> functions;
  private final StoredFrames stored;
  private final long flags;
  private final MemorySegment plan = Arena.ofAuto().allocate(Frames.BYTES, Long.BYTES);
  private final Span planes = new Span();

  /**
   * A codec.
   *
   * @param functions asked for with every use, always the same
   */
  NativeFrameCodec(Supplier<FrameFunctions> functions, StoredFrames stored, boolean dither) {
    this.functions = functions;
    this.stored = stored;
    boolean integer = stored.encoding().isInteger();
    long swapped = stored.order() == ByteOrder.nativeOrder() ? 0 : Structs.SWAPPED;
    long counts = integer && stored.scale() == Scale.COUNTS ? Structs.COUNTS : 0;
    flags = swapped | counts | (integer && dither ? Structs.DITHER : 0);
    int kind = stored.encoding().isSigned() ? SIGNED : UNSIGNED;
    set(Frames.ENCODING, 4L * stored.encoding().bytes() + (integer ? kind : FLOATING));
  }

  private long get(Frames member) {
    return plan.get(JAVA_LONG, member.at());
  }

  private void set(Frames member, long value) {
    plan.set(JAVA_LONG, member.at(), value);
  }

  @Override
  public void decode(MemorySegment from, long offset, SignalBuffer into, long at, long frames) {
    stored.check(from, offset, into, at, frames);
    requireWritable(into.segment());
    long most = most(into, from);
    for (long done = 0; done < frames; done += most) {
      long place = offset + done * stored.frameBytes();
      long count = Math.min(most, frames - done);
      use(into, at + done, count, () -> functions.get().decode(plan, from, place, planes));
    }
  }

  @Override
  public void encode(SignalBuffer from, long at, long frames, MemorySegment to, long offset) {
    stored.check(to, offset, from, at, frames);
    requireWritable(to);
    long most = most(from, to);
    for (long done = 0; done < frames; done += most) {
      long place = offset + done * stored.frameBytes();
      long count = Math.min(most, frames - done);
      use(from, at + done, count, () -> functions.get().encode(plan, planes, to, place));
    }
  }

  @Override
  public void check(SignalBuffer samples, long at, long frames) {
    if (!stored.encoding().isInteger()) {
      meter(samples, at, frames);
    }
  }

  @Override
  public void meter(SignalBuffer from, long at, long frames) {
    stored.checkPlanes(from, at, frames);
    long most = most(from, from.segment());
    for (long done = 0; done < frames; done += most) {
      use(
          from,
          at + done,
          Math.min(most, frames - done),
          () -> functions.get().meter(plan, planes));
    }
  }

  /** The most frames that one call may take, between a buffer and what is stored. */
  private static long most(SignalBuffer buffer, MemorySegment memory) {
    boolean onHeap = buffer.isOnHeap() || !memory.isNative();
    return onHeap ? Math.max(1, FrameFunctions.HEAP_SAMPLES / buffer.planes()) : Long.MAX_VALUE;
  }

  private void use(SignalBuffer buffer, long at, long frames, Runnable call) {
    buffer.acquire();
    try {
      planes.base = buffer.base();
      planes.at = at * buffer.type().bytes();
      planes.strideBytes = buffer.layout().strideBytes();
      planes.channels = buffer.planes();
      planes.frames = frames;
      set(Frames.FLAGS, buffer.type() == SampleType.FLOAT64 ? flags | Structs.WIDE : flags);
      call.run();
    } finally {
      planes.base = MemorySegment.NULL;
      buffer.release();
      Reference.reachabilityFence(buffer);
    }
  }

  private static void requireWritable(MemorySegment memory) {
    if (memory.isReadOnly()) {
      throw new IllegalArgumentException("the memory is read-only, expected one to write to");
    }
  }

  @Override
  public boolean takeNonFinite() {
    boolean found = get(Frames.PEAK32) >= INFINITE_32 || get(Frames.PEAK64) >= INFINITE_64;
    set(Frames.PEAK32, 0);
    set(Frames.PEAK64, 0);
    return found;
  }

  @Override
  public void moveTo(long frame) {
    set(Frames.POSITION, frame * stored.channels());
  }

  @Override
  public long clipped() {
    return get(Frames.CLIPPED);
  }

  @Override
  public long undefined() {
    return get(Frames.UNDEFINED);
  }

  @Override
  public double peak() {
    return Math.max(
        Float.intBitsToFloat((int) get(Frames.PEAK32)),
        Double.longBitsToDouble(get(Frames.PEAK64)));
  }
}
