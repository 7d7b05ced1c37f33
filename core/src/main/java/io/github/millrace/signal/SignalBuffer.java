package io.github.millrace.signal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.BiFunction;

/**
 * A planar, off-heap block of samples: one contiguous run of frames per plane.
 *
 * <p>Lengths are in frames (samples per plane) and are 64-bit. A buffer made by {@code allocate}
 * owns its memory, starts at zero and is freed by {@link #close}; wrapped buffers and slices own
 * nothing. Use after close throws {@link IllegalStateException}. Any thread may use a buffer;
 * concurrent writes to the same samples need the caller's own ordering.
 *
 * <p>A plan holds its buffers while it works on them: to close one meanwhile is refused. A buffer
 * that is dropped unclosed is freed by the garbage collector, with one warning.
 */
public final class SignalBuffer implements AutoCloseable {

  private static final long BASE_ALIGNMENT = 4096;

  /** The memory under this buffer, an owner's or a slice's; null where it is the caller's. */
  private final OwnedMemory memory;

  private final boolean owner;
  private final MemorySegment segment;
  private final MemorySegment base;
  private final PlanarLayout layout;

  /** Where the samples lie, from byte {@link #start} on; null where it is the host's memory. */
  private final DeviceSamples device;

  private final long start;

  private SignalBuffer(
      OwnedMemory memory,
      boolean owner,
      MemorySegment segment,
      PlanarLayout layout,
      DeviceSamples device,
      long start) {
    this.memory = memory;
    this.owner = owner;
    this.segment = segment;
    this.layout = layout;
    this.device = device;
    this.start = start;
    base = memory == null ? segment : MemorySegment.ofAddress(segment.address());
  }

  /**
   * A new buffer of zeros, its base aligned to 4,096 bytes and its planes to 128.
   *
   * @param type sample type
   * @param planes number of planes, at least 1
   * @param frames samples per plane, at least 0
   * @throws OutOfMemoryError if the memory cannot be had
   */
  public static SignalBuffer allocate(SampleType type, int planes, long frames) {
    return allocate(
        layout(type, planes, frames), (arena, bytes) -> arena.allocate(bytes, BASE_ALIGNMENT));
  }

  private static PlanarLayout layout(SampleType type, int planes, long frames) {
    try {
      return PlanarLayout.aligned(type, planes, frames);
    } catch (ArithmeticException e) {
      throw OwnedMemory.none(planes + " x " + frames + " samples", e);
    }
  }

  /**
   * A new buffer in memory of a special kind.
   *
   * @param memory gives at least so many bytes of zeros off the heap, which live as long as the
   *     arena
   * @throws OutOfMemoryError if the memory cannot be had
   * @throws IllegalStateException if it is not of that kind
   */
  public static SignalBuffer allocate(
      PlanarLayout layout, BiFunction<Arena, Long, MemorySegment> memory) {
    OwnedMemory owned = new OwnedMemory(layout.strideBytes() * layout.planes(), memory);
    return new SignalBuffer(owned, true, owned.segment(), layout, null, 0);
  }

  /**
   * A new buffer for a stream of this format, in memory of a special kind; see {@link
   * #allocate(PlanarLayout, BiFunction)}.
   */
  public static SignalBuffer allocate(
      StreamFormat format, long frames, BiFunction<Arena, Long, MemorySegment> memory) {
    return allocate(layout(format.type(), format.planes(), frames), memory);
  }

  /** A new buffer of zeros for a stream of this format. */
  public static SignalBuffer allocate(StreamFormat format, long frames) {
    return allocate(format.type(), format.planes(), frames);
  }

  /**
   * A buffer in a device's memory. Its samples come and go by {@link #copyFrom} alone; what asks
   * for them where they lie, such as {@link #segment} and {@link #get}, is refused.
   *
   * @param free frees the memory: called once, by any thread
   */
  public static SignalBuffer onDevice(PlanarLayout layout, DeviceSamples device, Runnable free) {
    OwnedMemory owned = OwnedMemory.elsewhere(free);
    return new SignalBuffer(owned, true, owned.segment(), layout, device, 0);
  }

  /**
   * A view of existing off-heap memory, without a copy. The memory stays the caller's.
   *
   * <p>Its arena may be closed at any time: a plan at work on the buffer then fails, or the close
   * does. A mapped file must not be cut short meanwhile: no JVM survives native code that reads
   * beyond its end.
   *
   * @param segment native memory that holds at least {@code layout.byteSize()} bytes, of an arena
   *     that all threads may use: a confined one would shut out a plan's threads
   * @param layout where the samples lie in it
   * @throws IllegalArgumentException if the segment is on the heap, too small or confined
   */
  public static SignalBuffer wrap(MemorySegment segment, PlanarLayout layout) {
    OwnedMemory.requireForeign(segment, layout);
    return new SignalBuffer(null, false, segment, layout, null, 0);
  }

  /**
   * A view of an array as one float64 plane, without a copy. Plans read and write it in place, or
   * in small pieces where a device does not reach the heap; other native code refuses it.
   */
  public static SignalBuffer wrap(double[] samples) {
    return view(MemorySegment.ofArray(samples), SampleType.FLOAT64);
  }

  /** A view of an array as one float32 plane; see {@link #wrap(double[])}. */
  public static SignalBuffer wrap(float[] samples) {
    return view(MemorySegment.ofArray(samples), SampleType.FLOAT32);
  }

  /**
   * A view of what remains in a buffer as one float32 plane, without a copy; its position stays.
   *
   * @param samples direct, or on the heap as {@link #wrap(float[])} takes it
   * @throws IllegalArgumentException if its byte order is not the machine's
   */
  public static SignalBuffer wrap(FloatBuffer samples) {
    if (samples.order() != ByteOrder.nativeOrder()) {
      throw new IllegalArgumentException(
          "the FloatBuffer is " + samples.order() + ", expected " + ByteOrder.nativeOrder());
    }
    return view(MemorySegment.ofBuffer(samples), SampleType.FLOAT32);
  }

  private static SignalBuffer view(MemorySegment samples, SampleType type) {
    PlanarLayout layout = PlanarLayout.packed(type, 1, samples.byteSize() / type.bytes());
    return new SignalBuffer(null, false, samples, layout, null, 0);
  }

  /** A new float32 buffer with the samples of these channels, all of one length. */
  public static SignalBuffer ofPlanar(float[]... channels) {
    return SignalCopy.ofPlanar(
        SampleType.FLOAT32, Arrays.stream(channels).map(MemorySegment::ofArray).toList());
  }

  /** A new float64 buffer with the samples of these channels, all of one length. */
  public static SignalBuffer ofPlanar(double[]... channels) {
    return SignalCopy.ofPlanar(
        SampleType.FLOAT64, Arrays.stream(channels).map(MemorySegment::ofArray).toList());
  }

  /** A new float32 buffer from interleaved samples (frame 0 of all channels, then frame 1, ...). */
  public static SignalBuffer ofInterleaved(float[] samples, int channels) {
    SignalBuffer buffer =
        allocate(SampleType.FLOAT32, channels, SignalCopy.wholeFrames(samples.length, channels));
    SignalCopy.fromInterleaved(MemorySegment.ofArray(samples), SampleType.FLOAT32, buffer);
    return buffer;
  }

  /** A new float64 buffer from interleaved samples (frame 0 of all channels, then frame 1, ...). */
  public static SignalBuffer ofInterleaved(double[] samples, int channels) {
    SignalBuffer buffer =
        allocate(SampleType.FLOAT64, channels, SignalCopy.wholeFrames(samples.length, channels));
    SignalCopy.fromInterleaved(MemorySegment.ofArray(samples), SampleType.FLOAT64, buffer);
    return buffer;
  }

  /** Sample type. */
  public SampleType type() {
    return layout.type();
  }

  /** Number of planes: channels, or twice that for spectra. */
  public int planes() {
    return layout.planes();
  }

  /** Samples per plane. */
  public long frames() {
    return layout.frames();
  }

  /** Whether the samples lie in an array, where the garbage collector may move them. */
  public boolean isOnHeap() {
    return !segment.isNative();
  }

  /** Where the samples lie in {@link #segment}. */
  public PlanarLayout layout() {
    return layout;
  }

  /** Whether the samples lie in a device's memory; see {@link #onDevice}. */
  public boolean isOnDevice() {
    return device != null;
  }

  /** The device's memory under this buffer, or null where it is the host's. */
  public DeviceSamples device() {
    return device;
  }

  /** Bytes from the start of {@link #device} to frame 0 of plane 0; 0 in the host's memory. */
  public long start() {
    return start;
  }

  /**
   * Copies all samples of another buffer here, and waits until they have arrived: the one way of
   * samples to a device's memory and back. Buffers that lie on two devices, or in an array, are
   * copied through a piece of the host's memory.
   *
   * @param from as many planes and frames of the same type
   * @throws IllegalArgumentException if it is not
   * @throws IllegalStateException if either is closed
   */
  public void copyFrom(SignalBuffer from) {
    SignalCopy.copy(from, this);
  }

  /**
   * The memory under all planes, for as long as this buffer is reachable and not closed.
   *
   * @throws IllegalStateException if it is a device's
   */
  public MemorySegment segment() {
    if (device != null) {
      throw new IllegalStateException(
          "the samples lie in the memory of "
              + device.device()
              + "; a buffer of the host's gets them by copyFrom");
    }
    return segment;
  }

  /**
   * What to pass to native code as the address of {@link #segment}: it keeps the memory of a
   * wrapped buffer alive for the call, and that of an owned one needs {@link #acquire}.
   */
  public MemorySegment base() {
    return base;
  }

  /**
   * Whether {@link #acquire} keeps the memory where it is: not where it is the caller's, whose
   * arena knows nothing of this buffer.
   */
  public boolean isHeldByUse() {
    return memory != null;
  }

  /**
   * Begins a use: until {@link #release} the buffer cannot be closed. Any number may overlap.
   *
   * @throws IllegalStateException if the memory is gone
   */
  public void acquire() {
    if (memory != null) {
      memory.acquire();
    } else if (!isAlive()) {
      throw new IllegalStateException("the buffer is closed: its arena was");
    }
  }

  /** Ends a use that {@link #acquire} began. */
  public void release() {
    if (memory != null) {
      memory.release();
    }
  }

  /** The memory of one plane, exactly {@code frames} samples long. */
  public MemorySegment plane(int plane) {
    Objects.checkIndex(plane, planes());
    return segment().asSlice(plane * layout.strideBytes(), frames() * type().bytes());
  }

  /**
   * A view of some of the frames of every plane, without a copy; it dies with this buffer.
   *
   * @param from first frame
   * @param count number of frames
   * @throws IndexOutOfBoundsException if the range is not inside the buffer
   */
  public SignalBuffer slice(long from, long count) {
    Objects.checkFromIndexSize(from, count, frames());
    PlanarLayout part = new PlanarLayout(type(), planes(), count, layout.strideBytes());
    long offset = from * type().bytes();
    return device == null
        ? new SignalBuffer(memory, false, segment.asSlice(offset, part.byteSize()), part, null, 0)
        : new SignalBuffer(memory, false, segment, part, device, start + offset);
  }

  /** One sample, widened to double. */
  public double get(int plane, long frame) {
    long offset = offset(plane, frame);
    try {
      return type().get(segment(), offset);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Sets one sample, rounded to the buffer's type. */
  public void set(int plane, long frame, double value) {
    long offset = offset(plane, frame);
    try {
      type().set(segment(), offset, value);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /** Copies one plane into a new array. */
  public double[] toDoubles(int plane) {
    double[] to = new double[SignalCopy.arrayLength(frames())];
    SignalCopy.toArray(this, plane, to, 0);
    return to;
  }

  /** Copies one plane into a new array, rounding float64 samples to float32. */
  public float[] toFloats(int plane) {
    float[] to = new float[SignalCopy.arrayLength(frames())];
    SignalCopy.toArray(this, plane, to, 0);
    return to;
  }

  /** Copies all planes into a new interleaved array. */
  public double[] toInterleavedDoubles() {
    double[] to = new double[SignalCopy.arrayLength(Math.multiplyExact(frames(), (long) planes()))];
    SignalCopy.toInterleaved(this, MemorySegment.ofArray(to), SampleType.FLOAT64);
    return to;
  }

  /** Copies all planes into a new interleaved array, rounding float64 samples to float32. */
  public float[] toInterleavedFloats() {
    float[] to = new float[SignalCopy.arrayLength(Math.multiplyExact(frames(), (long) planes()))];
    SignalCopy.toInterleaved(this, MemorySegment.ofArray(to), SampleType.FLOAT32);
    return to;
  }

  /** Whether the memory is still there. */
  public boolean isAlive() {
    return segment.scope().isAlive();
  }

  /**
   * Frees the memory if this buffer owns it; closing twice is harmless.
   *
   * @throws IllegalStateException if a plan is at work on it, or a native call; then nothing
   *     changed
   */
  @Override
  public void close() {
    if (owner) {
      memory.free();
    }
  }

  @Override
  public String toString() {
    return "SignalBuffer[" + planes() + " x " + frames() + " " + type().shortName() + "]";
  }

  private long offset(int plane, long frame) {
    Objects.checkIndex(plane, planes());
    Objects.checkIndex(frame, frames());
    return plane * layout.strideBytes() + frame * type().bytes();
  }
}
