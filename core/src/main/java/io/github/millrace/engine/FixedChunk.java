package io.github.millrace.engine;

import io.github.millrace.backend.Step;
import io.github.millrace.plan.Bits;
import io.github.millrace.plan.Length;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.stage.FrameRatio;

/** What a plan for chunks of one length asks for. */
public final class FixedChunk {

  private FixedChunk() {}

  /**
   * Throws unless chunks fill cells where those are promised, and each step makes of every chunk
   * the same whole number of frames.
   *
   * @throws IllegalArgumentException that names the step
   */
  public static void requireWhole(Chain chain, PlanOptions options) {
    if (!options.length().fixed()) {
      return;
    }
    long frames = options.length().forwardFrames();
    if (options.bits() == Bits.GRID && frames % Bits.CELL != 0) {
      throw new IllegalArgumentException(
          "chunks of "
              + frames
              + " frames end inside the cells of bits grid, expected multiples of "
              + Bits.CELL);
    }
    for (Step step : chain.steps()) {
      FrameRatio ratio = FrameRatio.of(step.stage(), step.in()).orElseThrow(() -> unknown(step));
      if (frames % ratio.down() != 0) {
        throw new IllegalArgumentException(
            "chunks of "
                + frames
                + " frames make no whole number of frames in "
                + step.stage().describe()
                + ", which takes multiples of "
                + ratio.down());
      }
      frames = frames / ratio.down() * ratio.up();
    }
  }

  private static IllegalArgumentException unknown(Step step) {
    return new IllegalArgumentException(
        step.stage().describe()
            + " does not say how many frames it makes of a chunk, expected one that keeps the"
            + " length");
  }

  /** Throws if a block is longer than a chunk. */
  static void require(SignalBuffer in, Length length) {
    if (length.fixed() && in.frames() > length.forwardFrames()) {
      throw new IllegalArgumentException(
          "input has "
              + in.frames()
              + " frames, the plan is for chunks of at most "
              + length.forwardFrames());
    }
  }
}
