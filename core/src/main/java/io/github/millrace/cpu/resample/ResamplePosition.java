package io.github.millrace.cpu.resample;

import io.github.millrace.design.fir.ResamplerTaps;

/**
 * How far a stream has come through a resampler: the input frames read, and the output frames
 * flushed after the last of them, as if {@code half} frames of silence followed. One thread moves
 * it; while it stays, any thread may ask.
 */
public final class ResamplePosition {

  private final ResampleClock clock;
  private long read;
  private long flushed;

  /** The start of a stream through a filter. */
  public ResamplePosition(ResamplerTaps taps) {
    clock = new ResampleClock(taps.up(), taps.down(), taps.half());
  }

  /** Where output frames lie between input frames. */
  public ResampleClock clock() {
    return clock;
  }

  /** Input frames read since the start. */
  public long read() {
    return read;
  }

  /**
   * Goes to another place in the stream, nothing being flushed yet.
   *
   * @param frames input frames read by then
   * @param what the stage, for the message
   * @throws IllegalArgumentException if that is less than 0
   */
  public void set(long frames, String what) {
    if (frames < 0) {
      throw new IllegalArgumentException(
          "state of " + what + " is at frame " + frames + ", expected at least 0");
    }
    read = frames;
    flushed = 0;
  }

  /** Goes back to the start. */
  public void reset() {
    read = 0;
    flushed = 0;
  }

  /** Output frames that can be written before this many more input frames were read. */
  public long written(long ahead) {
    return clock.written(read + ahead);
  }

  /** {@link ResampleClock#skip} before this many more input frames were read. */
  public int skip(long ahead) {
    return clock.skip(read + ahead);
  }

  /** {@link ResampleClock#phase} before this many more input frames were read. */
  public int phase(long ahead) {
    return clock.phase(read + ahead);
  }

  /** Reads frames; returns the output frames that they complete. */
  public long advance(long frames) {
    long before = written(0);
    read += frames;
    return written(0) - before;
  }

  /** Output frames still to flush, and no more than {@code limit}. */
  public long remaining(long limit) {
    return Math.min(limit, written(clock.half()) - written(0) - flushed);
  }

  /** The next output frame to flush, counted from the start. */
  public long flushIndex() {
    return written(0) + flushed;
  }

  /** {@link ResampleClock#skip} for that frame. */
  public int flushSkip() {
    return skip(0) + (int) (flushOffset() / clock.up());
  }

  /** {@link ResampleClock#phase} for that frame. */
  public int flushPhase() {
    return (int) (flushOffset() % clock.up());
  }

  private long flushOffset() {
    return phase(0) + flushed * clock.down();
  }

  /** Flushes output frames. */
  public void flush(long frames) {
    flushed += frames;
  }
}
