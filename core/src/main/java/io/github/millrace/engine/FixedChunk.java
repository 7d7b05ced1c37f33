package io.github.millrace.engine;

import io.github.millrace.backend.Step;
import io.github.millrace.plan.Length;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.stage.Fft;
import io.github.millrace.stage.InverseFft;
import io.github.millrace.stage.Resample;

/** What a plan for chunks of one length asks for. */
public final class FixedChunk {

  private FixedChunk() {}

  /**
   * Throws unless each step makes of every chunk the same whole number of frames.
   *
   * @throws IllegalArgumentException that names the step
   */
  public static void requireWhole(Chain chain, Length length) {
    long frames = length.fixed() ? length.forwardFrames() : 0;
    for (Step step : chain.steps()) {
      long up = 1;
      long down = 1;
      switch (step.stage()) {
        case Resample resample -> {
          up = resample.taps(step.in()).up();
          down = resample.taps(step.in()).down();
        }
        case Fft fft -> {
          down = fft.block();
          up = down / 2 + 1;
        }
        case InverseFft _ -> {
          up = step.in().fftBlock();
          down = up / 2 + 1;
        }
        default -> {}
      }
      if (frames % down != 0) {
        throw new IllegalArgumentException(
            "chunks of "
                + frames
                + " frames make no whole number of frames in "
                + step.stage().describe()
                + ", which takes multiples of "
                + down);
      }
      frames = frames / down * up;
    }
  }

  /** Throws unless a block is a chunk. */
  static void require(SignalBuffer in, Length length) {
    if (length.fixed() && in.frames() != length.forwardFrames()) {
      throw new IllegalArgumentException(
          "input has "
              + in.frames()
              + " frames, the plan is for chunks of "
              + length.forwardFrames());
    }
  }
}
