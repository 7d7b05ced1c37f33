package io.github.millrace.bench;

import io.github.millrace.host.CacheSize;
import io.github.millrace.signal.PlanarLayout;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;

/**
 * Pairs of an input full of white noise and an output, used in rotation, so that together they are
 * twice as large as the last-level cache (but take at most 512 MiB unless one pair is larger, and
 * are at most 1,024 pairs). Every page was written to before the first use. One thread.
 */
final class Buffers implements AutoCloseable {

  private static final long MOST_BYTES = 512L << 20;
  private static final int MOST_PAIRS = 1024;
  private static final int FEW_PAIRS = 4;

  /** More than any machine holds: keeps sizes in bytes far from the end of a long. */
  private static final long MOST_SAMPLES = 1L << 48;

  private static final long ALIGNMENT = 4096;
  private static final long SEED = 20_260_101;

  private final SignalBuffer[] ins;
  private final SignalBuffer[] outs;
  private int current;

  /**
   * Buffers of two layouts.
   *
   * @param bytes what all pairs together take at least, where that is not too many of them
   */
  Buffers(PlanarLayout in, PlanarLayout out, long bytes) {
    long pair = in.byteSize() + out.byteSize();
    int pairs = Math.clamp((bytes + pair - 1) / pair, 1, MOST_PAIRS);
    ins = new SignalBuffer[pairs];
    outs = new SignalBuffer[pairs];
    try {
      for (int i = 0; i < pairs; i++) {
        ins[i] = allocate(in);
        outs[i] = allocate(out);
      }
    } catch (OutOfMemoryError e) {
      close();
      throw e;
    }
    fill();
  }

  /** A planar layout for a stream of this format. */
  static PlanarLayout layout(StreamFormat format, long frames) {
    return PlanarLayout.aligned(format.type(), format.planes(), frames);
  }

  /** Bytes that do not fit the caches. */
  static long uncached() {
    return Math.min(2 * CacheSize.lastLevel(), MOST_BYTES);
  }

  /** Bytes of a few pairs, no more than what does not fit the caches. */
  static long few(BenchCase bench) {
    long pair = 2 * layout(bench.format(), bench.frames()).byteSize();
    return Math.min(FEW_PAIRS * pair, uncached());
  }

  /** Checks that a block is one. */
  static void requireSize(int channels, long frames) {
    if (channels < 1) {
      throw new IllegalArgumentException("channels is " + channels + ", expected at least 1");
    }
    if (frames < 1 || frames > MOST_SAMPLES / channels) {
      throw new IllegalArgumentException(
          "frames is " + frames + ", expected 1 to " + MOST_SAMPLES / channels);
    }
  }

  private SignalBuffer allocate(PlanarLayout layout) {
    return SignalBuffer.allocate(layout, (arena, bytes) -> arena.allocate(bytes, ALIGNMENT));
  }

  private void fill() {
    SplittableRandom random = new SplittableRandom(SEED);
    SignalBuffer first = ins[0];
    for (int plane = 0; plane < first.planes(); plane++) {
      for (long i = 0; i < first.frames(); i++) {
        first.set(plane, i, 2 * random.nextDouble() - 1);
      }
    }
    for (SignalBuffer in : ins) {
      MemorySegment.copy(first.segment(), 0, in.segment(), 0, first.segment().byteSize());
    }
  }

  /** Number of pairs. */
  int pairs() {
    return ins.length;
  }

  /** Goes on to the next pair. */
  void rotate() {
    current = current + 1 == ins.length ? 0 : current + 1;
  }

  /** The input of the pair whose turn it is. */
  SignalBuffer in() {
    return ins[current];
  }

  /** The output of the pair whose turn it is. */
  SignalBuffer out() {
    return outs[current];
  }

  @Override
  public void close() {
    for (int i = 0; i < ins.length; i++) {
      close(ins[i]);
      close(outs[i]);
    }
  }

  private static void close(SignalBuffer buffer) {
    if (buffer != null) {
      buffer.close();
    }
  }
}
