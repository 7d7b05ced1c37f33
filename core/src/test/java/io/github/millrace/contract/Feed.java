package io.github.millrace.contract;

import io.github.millrace.plan.Bits;
import io.github.millrace.plan.Plan;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import java.lang.foreign.MemorySegment;
import java.util.function.LongUnaryOperator;

/** A long signal on its way through plans, whose outputs are compared to the last bit. */
final class Feed implements AutoCloseable {

  private final StreamFormat format;
  private final SignalBuffer in;

  /** A signal [channels][frames], as the sample type holds it. */
  Feed(StreamFormat format, double[][] x) {
    this.format = format;
    in = SignalBuffer.allocate(format, x[0].length);
    for (int p = 0; p < x.length; p++) {
      for (int i = 0; i < x[p].length; i++) {
        in.set(p, i, x[p][i]);
      }
    }
  }

  long frames() {
    return in.frames();
  }

  /** The stream that is fed. */
  StreamFormat format() {
    return format;
  }

  /**
   * The output of a plan from its reset state, flushed.
   *
   * @param lengths of the block that begins at a frame
   */
  SignalBuffer through(Plan plan, LongUnaryOperator lengths) {
    plan.reset();
    return run(plan, 0, lengths);
  }

  /** Feeds the first frames to a plan; returns how many frames it wrote. */
  long head(Plan plan, long count) {
    try (SignalBuffer out =
        SignalBuffer.allocate(plan.outputFormat(), plan.maxOutputFrames(count))) {
      return plan.forward(in.slice(0, count), out);
    }
  }

  /** What one cell becomes by a forward, not flushed. */
  SignalBuffer cell(Plan plan, int cell) {
    SignalBuffer out = SignalBuffer.allocate(plan.outputFormat(), Bits.CELL);
    plan.forward(in.slice(cell * Bits.CELL, Bits.CELL), out);
    return out;
  }

  /** The output of a plan from where it is, from a frame of the signal on, flushed. */
  SignalBuffer run(Plan plan, long from, LongUnaryOperator lengths) {
    long room = plan.maxOutputFrames(frames()) + plan.flushFrames() + plan.maxOutputFrames(2);
    try (SignalBuffer out = SignalBuffer.allocate(plan.outputFormat(), 2 * room)) {
      long written = 0;
      long count;
      for (long at = from; at < frames(); at += count) {
        count = Math.min(lengths.applyAsLong(at), frames() - at);
        written += plan.forward(in.slice(at, count), out.slice(written, out.frames() - written));
      }
      written += plan.flush(out.slice(written, out.frames() - written));
      return copy(out.slice(0, written), plan.outputFormat());
    }
  }

  /**
   * The output of a plan in two blocks, read and written some bytes after the start of a page.
   *
   * @param shift frames by which input and output are moved, the output twice
   */
  SignalBuffer shifted(Plan plan, long cut, int shift) {
    plan.reset();
    long room = plan.maxOutputFrames(frames()) + plan.flushFrames();
    try (SignalBuffer moved = SignalBuffer.allocate(format, frames() + shift);
        SignalBuffer out = SignalBuffer.allocate(plan.outputFormat(), 2 * room + 2L * shift)) {
      SignalBuffer from = moved.slice(shift, frames());
      for (int p = 0; p < in.planes(); p++) {
        MemorySegment.copy(plane(in, p), 0, plane(from, p), 0, plane(in, p).byteSize());
      }
      SignalBuffer to = out.slice(2L * shift, 2 * room);
      long written = plan.forward(from.slice(0, cut), to.slice(0, 2 * room));
      written +=
          plan.forward(from.slice(cut, frames() - cut), to.slice(written, 2 * room - written));
      written += plan.flush(to.slice(written, 2 * room - written));
      return copy(to.slice(0, written), plan.outputFormat());
    }
  }

  private static SignalBuffer copy(SignalBuffer from, StreamFormat format) {
    SignalBuffer copy = SignalBuffer.allocate(format, from.frames());
    for (int p = 0; p < from.planes(); p++) {
      MemorySegment.copy(plane(from, p), 0, plane(copy, p), 0, plane(copy, p).byteSize());
    }
    return copy;
  }

  private static MemorySegment plane(SignalBuffer buffer, int plane) {
    long bytes = buffer.type().bytes();
    return buffer.segment().asSlice(plane * buffer.layout().strideBytes(), buffer.frames() * bytes);
  }

  /** Throws unless both hold the same bits, any NaN being as good as another. */
  static void requireSameBits(String where, SignalBuffer expected, SignalBuffer actual) {
    if (expected.frames() != actual.frames() || expected.planes() != actual.planes()) {
      throw new AssertionError(
          where + ": " + actual.frames() + " frames, expected " + expected.frames());
    }
    for (int p = 0; p < expected.planes(); p++) {
      long at = plane(expected, p).mismatch(plane(actual, p));
      for (long i = at < 0 ? expected.frames() : at / expected.type().bytes();
          i < expected.frames();
          i++) {
        double wanted = expected.get(p, i);
        double got = actual.get(p, i);
        if (Double.doubleToLongBits(wanted) != Double.doubleToLongBits(got)) {
          String place = " of plane " + p + " is " + got + ", expected " + wanted;
          throw new AssertionError(where + ": frame " + i + place);
        }
      }
    }
  }

  @Override
  public void close() {
    in.close();
  }
}
