package io.github.millrace.plan;

/**
 * How long a signal will be, as far as that is known; it decides what pays.
 *
 * @param forwardFrames frames of a forward; 0 where unknown
 * @param totalFrames frames of the whole signal; 0 where unknown
 * @param fixed whether forwards have that many frames and none has more, so that a device may
 *     repeat what it did for the one before
 */
public record Length(long forwardFrames, long totalFrames, boolean fixed) {

  /** Nothing is known: taken for a long stream. */
  public static final Length UNKNOWN = new Length(0, 0);

  /** What a forward of unknown length counts as: blocks long enough for every device. */
  private static final long LONG = 1 << 20;

  /** Checks the ranges. */
  public Length {
    if (forwardFrames < 0 || totalFrames < 0) {
      throw new IllegalArgumentException(
          "length is " + forwardFrames + " of " + totalFrames + " frames, expected at least 0");
    }
    if (fixed && forwardFrames == 0) {
      throw new IllegalArgumentException("a chunk has 0 frames, expected at least 1");
    }
  }

  /** A signal whose forwards may differ in length. */
  public Length(long forwardFrames, long totalFrames) {
    this(forwardFrames, totalFrames, false);
  }

  /** A signal that is filtered in one forward, once. */
  public static Length once(long frames) {
    return new Length(frames, frames);
  }

  /** A stream without an end, in forwards of this length. */
  public static Length stream(long forwardFrames) {
    return new Length(forwardFrames, 0);
  }

  /**
   * About the same: both rounded up to one of eight lengths in an octave, so that one plan serves
   * signals of about one length.
   */
  public Length rounded() {
    return new Length(
        fixed ? forwardFrames : roundedUp(forwardFrames), roundedUp(totalFrames), fixed);
  }

  private static long roundedUp(long frames) {
    long unit = Long.highestOneBit(Math.max(8, frames)) / 8;
    return Math.ceilDiv(frames, unit) * unit;
  }

  /**
   * A stream without an end, in forwards of this length, which a device may record once and replay.
   * A shorter one, as the last may be, is computed as it comes; a longer one is refused, and so are
   * chains that make no whole number of frames of a chunk.
   *
   * @param frames at least 1
   */
  public static Length chunks(long frames) {
    return new Length(frames, 0, true);
  }

  /** Frames of a forward, assumed where unknown. */
  public long expectedForward() {
    return forwardFrames == 0 ? LONG : forwardFrames;
  }

  /** For people. */
  String describe() {
    if (totalFrames > 0) {
      return totalFrames + " frames";
    }
    return forwardFrames > 0
        ? "a stream in " + (fixed ? "chunks" : "blocks") + " of " + forwardFrames + " frames"
        : "length unknown, taken for a long stream in blocks of " + LONG + " frames";
  }
}
