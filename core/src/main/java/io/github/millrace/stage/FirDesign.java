package io.github.millrace.stage;

import io.github.millrace.design.fir.WindowedFir;
import io.github.millrace.signal.StreamFormat;
import java.util.Objects;

/**
 * A windowed FIR filter given in Hz; it becomes taps for the stream's own rate.
 *
 * @param design the recipe
 * @param alignment how its output lies beside its input; see {@link Fir}
 */
public record FirDesign(WindowedFir design, Alignment alignment) implements Stage {

  /** Checks that both are there. */
  public FirDesign {
    Objects.requireNonNull(design, "design");
    Objects.requireNonNull(alignment, "alignment");
  }

  /** A causal filter, that is late by half its length. */
  public FirDesign(WindowedFir design) {
    this(design, Alignment.NONE);
  }

  /** This filter with its output aligned otherwise. */
  public FirDesign with(Alignment other) {
    return new FirDesign(design, other);
  }

  /** This filter with another delay than its own; see {@link Fir#withDelay}. */
  public FirDesign withDelay(double frames) {
    return with(Alignment.ofDelay(frames, design.length()));
  }

  @Override
  public StreamFormat output(StreamFormat in) {
    return Stage.requireTime(this, in);
  }

  @Override
  public Fir lower(StreamFormat in) {
    return Fir.of(design.taps(Stage.requireRate(this, in))).with(alignment);
  }

  @Override
  public String describe() {
    return design.describe() + alignment.describe();
  }
}
