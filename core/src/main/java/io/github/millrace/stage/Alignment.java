package io.github.millrace.stage;

/**
 * Where the output of a stage begins and ends beside its input: frames dropped at the start, and
 * frames of silence read after the end. n frames become {@code n - advanceFrames + tailFrames}.
 *
 * @param advanceFrames output frames dropped at the start of the stream, at least 0
 * @param tailFrames frames written by flush, at least 0
 */
public record Alignment(long advanceFrames, long tailFrames) {

  /** Every frame read is one written, and flush writes nothing. */
  public static final Alignment NONE = new Alignment(0, 0);

  /** Checks the ranges. */
  public Alignment {
    if (advanceFrames < 0 || tailFrames < 0) {
      throw new IllegalArgumentException(
          "an advance of "
              + advanceFrames
              + " frames with a tail of "
              + tailFrames
              + ", expected at least 0");
    }
  }

  /** Whether it changes anything. */
  public boolean shifts() {
    return advanceFrames != 0 || tailFrames != 0;
  }

  /** Earlier by this many frames, and as long as before: what is dropped is made up by flush. */
  public static Alignment advance(long frames) {
    return new Alignment(frames, frames);
  }

  /**
   * The alignment of a stage that is ready to run: that of an FIR filter, or the frames that a
   * delay below 0 drops.
   */
  public static Alignment of(Stage stage) {
    return switch (stage) {
      case Fir fir -> fir.alignment();
      case FirDesign design -> design.alignment();
      case Delay delay -> new Alignment(Math.max(0, -delay.delayFrames()), 0);
      case Iir _, SosCascade _, Gain _, Mix _, Resample _, Fft _, InverseFft _, CustomStage _ ->
          NONE;
    };
  }

  /**
   * The alignment under which a linear-phase filter of so many taps has another delay than its own,
   * {@code (taps - 1) / 2} frames.
   *
   * @param delayFrames the delay that is left
   * @throws IllegalArgumentException if the difference is no whole number from 0 up
   */
  static Alignment ofDelay(double delayFrames, int taps) {
    double own = (taps - 1) / 2.0;
    double advance = own - delayFrames;
    if (!(advance >= 0) || advance != Math.rint(advance)) {
      throw new IllegalArgumentException(
          "delay is "
              + delayFrames
              + " frames, that of "
              + taps
              + " taps is "
              + own
              + ": expected a whole number less, down to "
              + (own - Math.floor(own)));
    }
    return advance((long) advance);
  }

  /** For the end of a stage's description; empty where there is nothing to say. */
  String describe() {
    String tail = tailFrames > advanceFrames ? ", tail of " + tailFrames + " frames" : "";
    return (advanceFrames > 0 ? ", " + advanceFrames + " frames earlier" : "") + tail;
  }
}
