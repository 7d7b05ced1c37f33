package io.github.millrace.signal;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/**
 * Copies between a {@link SignalBuffer} and arrays, interleaved memory or {@link FloatBuffer}s: all
 * frames of the buffer, so that a range is a {@link SignalBuffer#slice}. Samples are widened or
 * rounded to the type at the other end. Any thread.
 */
public final class SignalCopy {

  private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
  private static final ValueLayout.OfDouble DOUBLE = ValueLayout.JAVA_DOUBLE_UNALIGNED;

  private static final long PAGE = 4096;

  /** Bytes of the piece of host's memory between two places that cannot copy to each other. */
  private static final long PIECE = 1 << 20;

  private SignalCopy() {}

  /** A new buffer with the samples of these arrays, all of one length. */
  static SignalBuffer ofPlanar(SampleType type, List<MemorySegment> channels) {
    long bytes = channels.isEmpty() ? 0 : channels.getFirst().byteSize();
    for (int c = 0; c < channels.size(); c++) {
      if (channels.get(c).byteSize() != bytes) {
        throw new IllegalArgumentException(
            "channel "
                + c
                + " has "
                + channels.get(c).byteSize() / type.bytes()
                + " frames, channel 0 has "
                + bytes / type.bytes());
      }
    }
    SignalBuffer buffer = SignalBuffer.allocate(type, channels.size(), bytes / type.bytes());
    for (int c = 0; c < channels.size(); c++) {
      buffer.plane(c).copyFrom(channels.get(c));
    }
    return buffer;
  }

  /** Copies all samples from buffer to buffer of one shape, on whichever side they lie. */
  static void copy(SignalBuffer from, SignalBuffer to) {
    if (from.type() != to.type() || from.planes() != to.planes() || from.frames() != to.frames()) {
      throw new IllegalArgumentException("cannot copy " + from + " to " + to);
    }
    from.acquire();
    try {
      to.acquire();
      try {
        for (int plane = 0; plane < from.planes() && from.frames() > 0; plane++) {
          copy(from, to, plane);
        }
      } finally {
        to.release();
      }
    } finally {
      from.release();
    }
  }

  private static void copy(SignalBuffer from, SignalBuffer to, int plane) {
    if (!from.isOnDevice() && !to.isOnDevice()) {
      to.plane(plane).copyFrom(from.plane(plane));
    } else if ((from.isOnDevice() && to.isOnDevice()) || from.isOnHeap() || to.isOnHeap()) {
      copyInPieces(from, to, plane);
    } else if (to.isOnDevice()) {
      to.device().write(at(to, plane), from.plane(plane));
    } else {
      from.device().read(at(from, plane), to.plane(plane));
    }
  }

  private static long at(SignalBuffer buffer, int plane) {
    return buffer.start() + plane * buffer.layout().strideBytes();
  }

  private static void copyInPieces(SignalBuffer from, SignalBuffer to, int plane) {
    long bytes = from.frames() * from.type().bytes();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment piece = arena.allocate(Math.min(PIECE, bytes), PAGE);
      long count;
      for (long done = 0; done < bytes; done += count) {
        count = Math.min(PIECE, bytes - done);
        MemorySegment part = piece.asSlice(0, count);
        if (from.isOnDevice()) {
          from.device().read(at(from, plane) + done, part);
        } else {
          part.copyFrom(from.plane(plane).asSlice(done, count));
        }
        if (to.isOnDevice()) {
          to.device().write(at(to, plane) + done, part);
        } else {
          to.plane(plane).asSlice(done, count).copyFrom(part);
        }
      }
    }
  }

  /**
   * Copies a plane to {@code to[offset]} and what follows.
   *
   * @throws IllegalArgumentException if the array has no room for all frames
   */
  public static void toArray(SignalBuffer from, int plane, double[] to, int offset) {
    int count = requireRoom(from, to.length, offset);
    MemorySegment samples = from.plane(plane);
    try {
      if (from.type() == SampleType.FLOAT64) {
        MemorySegment.copy(samples, DOUBLE, 0, to, offset, count);
      } else {
        for (int i = 0; i < count; i++) {
          to[offset + i] = samples.getAtIndex(FLOAT, i);
        }
      }
    } finally {
      Reference.reachabilityFence(from);
    }
  }

  /**
   * Copies a plane to {@code to[offset]} and what follows.
   *
   * @throws IllegalArgumentException if the array has no room for all frames
   */
  public static void toArray(SignalBuffer from, int plane, float[] to, int offset) {
    int count = requireRoom(from, to.length, offset);
    MemorySegment samples = from.plane(plane);
    try {
      if (from.type() == SampleType.FLOAT32) {
        MemorySegment.copy(samples, FLOAT, 0, to, offset, count);
      } else {
        for (int i = 0; i < count; i++) {
          to[offset + i] = (float) samples.getAtIndex(DOUBLE, i);
        }
      }
    } finally {
      Reference.reachabilityFence(from);
    }
  }

  /**
   * Fills a plane from {@code from[offset]} and what follows.
   *
   * @throws IllegalArgumentException if the array holds fewer than all frames
   */
  public static void fromArray(double[] from, int offset, SignalBuffer to, int plane) {
    int count = requireRoom(to, from.length, offset);
    MemorySegment samples = to.plane(plane);
    try {
      if (to.type() == SampleType.FLOAT64) {
        MemorySegment.copy(from, offset, samples, DOUBLE, 0, count);
      } else {
        for (int i = 0; i < count; i++) {
          samples.setAtIndex(FLOAT, i, (float) from[offset + i]);
        }
      }
    } finally {
      Reference.reachabilityFence(to);
    }
  }

  /**
   * Fills a plane from {@code from[offset]} and what follows.
   *
   * @throws IllegalArgumentException if the array holds fewer than all frames
   */
  public static void fromArray(float[] from, int offset, SignalBuffer to, int plane) {
    int count = requireRoom(to, from.length, offset);
    MemorySegment samples = to.plane(plane);
    try {
      if (to.type() == SampleType.FLOAT32) {
        MemorySegment.copy(from, offset, samples, FLOAT, 0, count);
      } else {
        for (int i = 0; i < count; i++) {
          samples.setAtIndex(DOUBLE, i, from[offset + i]);
        }
      }
    } finally {
      Reference.reachabilityFence(to);
    }
  }

  /**
   * Writes frame 0 of all planes, then frame 1, and so on, in the machine's byte order.
   *
   * @param to on or off the heap, at least frames x planes samples, in any alignment
   * @param type of the samples written
   * @throws IllegalArgumentException if the memory is too small or read-only
   */
  public static void toInterleaved(SignalBuffer from, MemorySegment to, SampleType type) {
    requireBytes(from, to, type);
    new Interleaving(type, ByteOrder.nativeOrder()).write(from, to);
  }

  /**
   * Fills a buffer from interleaved samples, as {@link #toInterleaved(SignalBuffer, MemorySegment,
   * SampleType)} writes them.
   *
   * @throws IllegalArgumentException if the memory is too small
   */
  public static void fromInterleaved(MemorySegment from, SampleType type, SignalBuffer to) {
    requireBytes(to, from, type);
    new Interleaving(type, ByteOrder.nativeOrder()).read(from, to);
  }

  /**
   * Writes frame 0 of all planes, then frame 1, and so on, from the position of {@code to} on,
   * which moves behind what was written.
   *
   * @param to direct or on the heap, in any byte order
   * @throws IllegalArgumentException if it has no room for frames x planes samples or is read-only
   */
  public static void toInterleaved(SignalBuffer from, FloatBuffer to) {
    if (to.isReadOnly()) {
      throw new IllegalArgumentException("the FloatBuffer is read-only, expected one to write to");
    }
    MemorySegment memory = MemorySegment.ofBuffer(to);
    int samples = requireBytes(from, memory, SampleType.FLOAT32);
    new Interleaving(SampleType.FLOAT32, to.order()).write(from, memory);
    to.position(to.position() + samples);
  }

  /**
   * Fills a buffer from interleaved samples at the position of {@code from}, which moves behind
   * what was read.
   *
   * @param from direct or on the heap, in any byte order
   * @throws IllegalArgumentException if it holds fewer than frames x planes samples
   */
  public static void fromInterleaved(FloatBuffer from, SignalBuffer to) {
    MemorySegment memory = MemorySegment.ofBuffer(from);
    int samples = requireBytes(to, memory, SampleType.FLOAT32);
    new Interleaving(SampleType.FLOAT32, from.order()).read(memory, to);
    from.position(from.position() + samples);
  }

  private static int requireRoom(SignalBuffer buffer, int length, int offset) {
    if (offset < 0 || buffer.frames() > (long) length - offset) {
      throw new IllegalArgumentException(
          "the array has "
              + length
              + " samples and is used from "
              + offset
              + " on, the buffer has "
              + buffer.frames()
              + " frames");
    }
    return (int) buffer.frames();
  }

  /** The number of samples, as far as a FloatBuffer counts. */
  private static int requireBytes(SignalBuffer buffer, MemorySegment memory, SampleType type) {
    long samples = Math.multiplyExact(buffer.frames(), (long) buffer.planes());
    if (memory.byteSize() / type.bytes() < samples) {
      throw new IllegalArgumentException(
          "the interleaved memory holds "
              + memory.byteSize() / type.bytes()
              + " samples, the buffer has "
              + buffer.frames()
              + " frames of "
              + buffer.planes()
              + " planes");
    }
    return (int) Math.min(samples, Integer.MAX_VALUE);
  }

  /** Frames of interleaved samples. */
  static long wholeFrames(int samples, int channels) {
    if (channels < 1 || samples % channels != 0) {
      throw new IllegalArgumentException(
          samples + " interleaved samples do not divide into " + channels + " channels");
    }
    return samples / channels;
  }

  /** The length of an array of samples, as far as there are such arrays. */
  static int arrayLength(long samples) {
    if (samples > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          samples + " samples do not fit one array; read planes by slices of at most 2^31 - 9");
    }
    return (int) samples;
  }
}
