package io.github.millrace.stage;

import io.github.millrace.design.fir.WindowedFir;
import io.github.millrace.signal.StreamFormat;
import java.util.Objects;

/**
 * A windowed FIR filter given in Hz; it becomes taps for the stream's own rate.
 *
 * @param design the recipe
 */
public record FirDesign(WindowedFir design) implements Stage {

  /** Checks that the recipe is there. */
  public FirDesign {
    Objects.requireNonNull(design, "design");
  }

  @Override
  public StreamFormat output(StreamFormat in) {
    return Stage.requireTime(this, in);
  }

  @Override
  public Fir lower(StreamFormat in) {
    return Fir.of(design.taps(Stage.requireRate(this, in)));
  }

  @Override
  public String describe() {
    return design.describe();
  }
}
