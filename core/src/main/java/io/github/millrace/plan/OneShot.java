package io.github.millrace.plan;

import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * A plan that filters whole arrays, one after the other: one channel in place, several piece by
 * piece through memory that stays in the caches.
 */
final class OneShot implements AutoCloseable {

  /** More memory than that is not kept from one call to the next. */
  private static final long MOST_BYTES = 1 << 24;

  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final Pipeline pipeline;
  private final PlanOptions options;
  private final Plan plan;
  private SignalBuffer in;
  private SignalBuffer out;

  /** A call with a plan in its reset state, which is this object's from here on. */
  OneShot(Pipeline pipeline, PlanOptions options, Plan plan) {
    this.pipeline = pipeline;
    this.options = options;
    this.plan = plan;
  }

  /** Filters channels from start to end into new arrays. */
  static <A> A[] filter(Pipeline pipeline, ArrayKind<A> kind, A[] channels, double sampleRate) {
    int frames = frames(kind, channels);
    StreamFormat format = new StreamFormat(sampleRate, channels.length, kind.type());
    Length length = Length.once(frames).rounded();
    OneShot shot =
        SparePlans.PROCESS.take(pipeline, format, PlanOptions.DEFAULTS.withLength(length));
    A[] results;
    try {
      results = shot.filter(kind, channels, frames);
    } catch (Throwable e) {
      shot.close();
      throw e;
    }
    SparePlans.PROCESS.give(shot);
    return results;
  }

  private static <A> int frames(ArrayKind<A> kind, A[] channels) {
    int frames = channels.length == 0 ? 0 : kind.length(channels[0]);
    for (int c = 1; c < channels.length; c++) {
      if (kind.length(channels[c]) != frames) {
        throw new IllegalArgumentException(
            "channel "
                + c
                + " has "
                + kind.length(channels[c])
                + " frames, channel 0 has "
                + frames);
      }
    }
    return frames;
  }

  /** Whether this is the call to make, again. */
  boolean isFor(Pipeline other, StreamFormat format, PlanOptions others) {
    return plan.inputFormat().equals(format) && options.equals(others) && pipeline.equals(other);
  }

  Pipeline pipeline() {
    return pipeline;
  }

  private <A> A[] filter(ArrayKind<A> kind, A[] channels, int frames) {
    StreamFormat format = plan.outputFormat();
    if (format.planes() == 1 && plan.keepsLength() && plan.flushFrames() == 0) {
      A[] results = kind.make(1, frames);
      plan.forward(kind.wrap(channels[0]), kind.wrap(results[0]));
      return results;
    }
    A[] results = kind.make(format.planes(), outputFrames(frames));
    int written = inPieces(views(kind, channels), frames, views(kind, results));
    for (int c = 0; c < results.length && written < kind.length(results[c]); c++) {
      results[c] = kind.first(results[c], written);
    }
    return results;
  }

  private int outputFrames(int frames) {
    long known = pipeline.framesOut(frames, plan.inputFormat());
    long count = known >= 0 ? known : plan.maxOutputFrames(frames) + plan.flushFrames();
    if (count > LONGEST_ARRAY) {
      throw new IllegalArgumentException(
          "an output of " + count + " frames does not fit an array, which has up to 2^31 - 9");
    }
    return (int) count;
  }

  private static <A> SignalBuffer[] views(ArrayKind<A> kind, A[] channels) {
    return Arrays.stream(channels).map(kind::wrap).toArray(SignalBuffer[]::new);
  }

  private int inPieces(SignalBuffer[] from, int frames, SignalBuffer[] to) {
    reserve(Math.min(plan.cachedFrames(), frames));
    int written = 0;
    int count;
    for (int at = 0; at < frames; at += count) {
      count = (int) Math.min(in.frames(), frames - at);
      SignalBuffer piece = count == in.frames() ? in : in.slice(0, count);
      for (int c = 0; c < from.length; c++) {
        MemorySegment plane = piece.plane(c);
        long bytes = piece.type().bytes();
        MemorySegment.copy(from[c].segment(), at * bytes, plane, 0, count * bytes);
      }
      written += take((int) plan.forward(piece, out), to, written);
    }
    return written + take((int) plan.flush(out), to, written);
  }

  private void reserve(long frames) {
    if (in == null || in.frames() < frames) {
      release();
      in = plan.allocate(plan.inputFormat(), frames);
    }
    long room = Math.max(plan.maxOutputFrames(in.frames()), plan.flushFrames());
    if (out == null) {
      out = plan.allocate(plan.outputFormat(), room);
    }
  }

  private int take(int count, SignalBuffer[] to, int at) {
    for (int c = 0; c < to.length; c++) {
      long bytes = out.type().bytes();
      MemorySegment.copy(out.plane(c), 0, to[c].segment(), at * bytes, count * bytes);
    }
    return count;
  }

  private void release() {
    if (in != null) {
      in.close();
      in = null;
    }
    if (out != null) {
      out.close();
      out = null;
    }
  }

  /** Makes the plan ready for another call. */
  void reset() {
    plan.reset();
    if (in != null && in.layout().byteSize() + out.layout().byteSize() > MOST_BYTES) {
      release();
    }
  }

  @Override
  public void close() {
    release();
    plan.close();
  }
}
