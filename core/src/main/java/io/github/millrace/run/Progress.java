package io.github.millrace.run;

/**
 * How far a run is.
 *
 * @param frames input frames filtered so far
 * @param totalFrames input frames in all; -1 where unknown, as for a pipe
 * @param elapsedNanos time since the run began
 */
public record Progress(long frames, long totalFrames, long elapsedNanos) {

  /** The part that is done, 0 to 1; NaN where the length is unknown. */
  public double fraction() {
    if (totalFrames < 0) {
      return Double.NaN;
    }
    return totalFrames == 0 ? 1 : Math.min(1, (double) frames / totalFrames);
  }

  /** Input frames filtered per second so far; 0 before any time has passed. */
  public double framesPerSecond() {
    return elapsedNanos <= 0 ? 0 : frames * 1e9 / elapsedNanos;
  }

  /** Seconds left at the speed so far; NaN where the length is unknown or nothing is done yet. */
  public double secondsLeft() {
    return totalFrames < 0 || frames == 0 ? Double.NaN : (totalFrames - frames) / framesPerSecond();
  }
}
