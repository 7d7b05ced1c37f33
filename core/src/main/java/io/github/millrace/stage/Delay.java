package io.github.millrace.stage;

import io.github.millrace.signal.StreamFormat;
import java.util.Objects;

/**
 * Puts silence before the signal: reading n frames writes n, and flush writes the frames still
 * held. Below 0 it cuts as much from the start of the signal instead, so that the rest comes
 * earlier.
 *
 * <p>State: the last {@code frames} input frames of each channel, oldest first; below 0 nothing but
 * a position, the frames cut so far.
 *
 * @param amount how long, in {@code unit}
 * @param unit frames or seconds
 */
public record Delay(double amount, Unit unit) implements Stage {

  /** What a delay is counted in. */
  public enum Unit {
    /** Samples per channel. */
    FRAMES,
    /** Seconds, rounded to whole frames at prepare. */
    SECONDS
  }

  private static final double MOST_FRAMES = 0x1p40;

  /** Checks the range. */
  public Delay {
    Objects.requireNonNull(unit, "unit");
    if (!(Math.abs(amount) <= MOST_FRAMES)) {
      throw new IllegalArgumentException(
          "delay is " + amount + ", expected a finite number from -2^40 to 2^40");
    }
    if (unit == Unit.FRAMES && amount != Math.rint(amount)) {
      throw new IllegalArgumentException("delay is " + amount + " frames, expected a whole number");
    }
  }

  /** A delay of whole frames. */
  public static Delay ofFrames(long frames) {
    return new Delay(frames, Unit.FRAMES);
  }

  /** A delay in seconds, rounded to whole frames at prepare. */
  public static Delay ofSeconds(double seconds) {
    return new Delay(seconds, Unit.SECONDS);
  }

  /** The delay in frames; only of a delay in frames, as {@link #lower} makes it. */
  public long delayFrames() {
    if (unit != Unit.FRAMES) {
      throw new IllegalStateException("a delay in seconds has no frames before it is lowered");
    }
    return (long) amount;
  }

  @Override
  public StreamFormat output(StreamFormat in) {
    return Stage.requireTime(this, in);
  }

  @Override
  public Delay lower(StreamFormat in) {
    return unit == Unit.FRAMES ? this : ofFrames(Math.round(amount * Stage.requireRate(this, in)));
  }

  @Override
  public String describe() {
    String length = unit == Unit.FRAMES ? (long) amount + " frames" : amount + " s";
    return "delay " + length + (amount < 0 ? " (cut from the start)" : "");
  }
}
