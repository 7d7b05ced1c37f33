package io.github.millrace.bench.tune;

import io.github.millrace.host.CacheSize;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;

/**
 * Long signals to read and to write, made once for each format: white noise, larger than the
 * last-level cache (but at most 256 MiB unless one block is larger). One thread.
 */
final class Signals implements AutoCloseable {

  private static final long MOST_BYTES = 256L << 20;
  private static final long SEED = 20_260_102;

  /** Blocks begin at whole cache lines. */
  private static final long LINE_FRAMES = 16;

  private final Map<StreamFormat, SignalBuffer> ins = new HashMap<>();
  private final Map<StreamFormat, SignalBuffer> outs = new HashMap<>();

  /** Noise of at least this many frames. */
  SignalBuffer in(StreamFormat format, long frames) {
    return find(ins, format, frames);
  }

  /** Room for at least this many frames. */
  SignalBuffer out(StreamFormat format, long frames) {
    return find(outs, format, frames);
  }

  private static SignalBuffer find(
      Map<StreamFormat, SignalBuffer> among, StreamFormat format, long frames) {
    SignalBuffer found = among.get(format);
    if (found == null || found.frames() < frames) {
      if (found != null) {
        found.close();
      }
      long bytes = (long) format.planes() * format.type().bytes();
      long wanted = Math.min(CacheSize.lastLevel(), MOST_BYTES) / bytes;
      found = SignalBuffer.allocate(format, Math.max(frames, wanted));
      fill(found);
      among.put(format, found);
    }
    return found;
  }

  /** One plane of noise, copied onto the others. */
  private static void fill(SignalBuffer buffer) {
    SplittableRandom random = new SplittableRandom(SEED);
    for (long i = 0; i < buffer.frames(); i++) {
      buffer.set(0, i, 2 * random.nextDouble() - 1);
    }
    long bytes = buffer.frames() * buffer.type().bytes();
    MemorySegment all = buffer.segment();
    for (int plane = 1; plane < buffer.planes(); plane++) {
      MemorySegment.copy(all, 0, all, plane * buffer.layout().strideBytes(), bytes);
    }
  }

  /** From the start of one block to that of the next, and back to the beginning at the end. */
  static LongUnaryOperator walk(long length, long frames) {
    long hop = (frames + LINE_FRAMES - 1) / LINE_FRAMES * LINE_FRAMES;
    return at -> at + hop + frames > length ? 0 : at + hop;
  }

  /** Frees everything. */
  @Override
  public void close() {
    ins.values().forEach(SignalBuffer::close);
    outs.values().forEach(SignalBuffer::close);
    ins.clear();
    outs.clear();
  }
}
