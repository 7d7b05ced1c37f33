package io.github.millrace.engine;

import io.github.millrace.signal.SignalBuffer;
import java.lang.foreign.MemorySegment;

/**
 * Takes arrays through a chain that does not reach the heap: piece by piece, through memory that
 * stays in the cache.
 *
 * @param <B> the device's block type
 */
final class HeapPieces<B> implements AutoCloseable {

  private final ChainRun<B> run;
  private final Chain chain;
  private final long most;
  private SignalBuffer ins;
  private SignalBuffer outs;

  /** The part of {@link #ins} that the last piece took. */
  private SignalBuffer piece;

  /**
   * Pieces of at most so many frames.
   *
   * @param most frames of a piece; memory is taken for no more than the longest block has
   */
  HeapPieces(ChainRun<B> run, Chain chain, long most) {
    this.run = run;
    this.chain = chain;
    this.most = most;
  }

  /** Filters all of {@code in}, on the heap or not; returns the frames written. */
  long walk(SignalBuffer in, SignalBuffer out) {
    reserve(Math.min(most, in.frames()));
    long written = 0;
    long frames;
    for (long from = 0; from < in.frames(); from += frames) {
      frames = Math.min(ins.frames(), in.frames() - from);
      if (piece.frames() != frames) {
        piece = ins.slice(0, frames);
      }
      copy(in, from, piece, 0, frames);
      long made = run.walkThere(piece, outs);
      copy(outs, 0, out, written, made);
      written += made;
    }
    return written;
  }

  private void reserve(long frames) {
    if (ins == null || ins.frames() < frames) {
      close();
      ins = run.device().buffer(chain.in(), frames);
      piece = ins;
      outs = run.device().buffer(chain.out(), run.maxOutputFrames(frames));
    }
  }

  /** Copies frames of all planes. */
  static void copy(SignalBuffer from, long at, SignalBuffer to, long there, long frames) {
    if (from.isOnDevice() || to.isOnDevice()) {
      to.slice(there, frames).copyFrom(from.slice(at, frames));
      return;
    }
    int bytes = from.type().bytes();
    for (int plane = 0; plane < from.planes(); plane++) {
      MemorySegment.copy(
          from.segment(),
          plane * from.layout().strideBytes() + at * bytes,
          to.segment(),
          plane * to.layout().strideBytes() + there * bytes,
          frames * bytes);
    }
  }

  @Override
  public void close() {
    if (ins != null) {
      ins.close();
      ins = null;
    }
    if (outs != null) {
      outs.close();
      outs = null;
    }
  }
}
