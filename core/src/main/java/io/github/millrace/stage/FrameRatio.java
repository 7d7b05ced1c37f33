package io.github.millrace.stage;

import io.github.millrace.signal.StreamFormat;
import java.util.Optional;

/**
 * How many frames a stage writes for those that it reads, over a whole stream and without what
 * flush adds: {@code up} for each {@code down}.
 *
 * @param up frames written, at least 1
 * @param down frames read, at least 1
 */
public record FrameRatio(long up, long down) {

  private static final FrameRatio ONE = new FrameRatio(1, 1);

  /**
   * The ratio of a stage.
   *
   * @param stage a recipe, or lowered
   * @param in the stream it reads
   * @return empty for a custom stage that does not say it keeps the length
   */
  public static Optional<FrameRatio> of(Stage stage, StreamFormat in) {
    return switch (stage) {
      case Iir _, SosCascade _, FirDesign _, Fir _, Gain _, Delay _, Mix _ -> Optional.of(ONE);
      case Resample resample -> Optional.of(new FrameRatio(resample.up(in), resample.down(in)));
      case Fft fft -> Optional.of(new FrameRatio(fft.output(in).bins(), fft.block()));
      case InverseFft _ -> Optional.of(new FrameRatio(in.fftBlock(), in.bins()));
      case CustomStage custom -> custom.keepsLength() ? Optional.of(ONE) : Optional.empty();
    };
  }

  /** Frames written for each that is read. */
  public double value() {
    return (double) up / down;
  }
}
