package io.github.millrace.stage;

import io.github.millrace.design.Band;
import io.github.millrace.design.ClassicFilter;
import io.github.millrace.design.IirDesign;
import io.github.millrace.design.Prototype;
import io.github.millrace.signal.StreamFormat;
import java.util.Objects;

/**
 * A recursive filter given in Hz; it becomes a cascade of second-order sections for the stream's
 * own rate.
 *
 * @param design the recipe
 */
public record Iir(IirDesign design) implements Stage {

  /** Checks that the recipe is there. */
  public Iir {
    Objects.requireNonNull(design, "design");
  }

  /**
   * A Butterworth filter of this order (the prototype's: a band filter has twice as many poles).
   */
  public static Iir butterworth(int order, Band band) {
    return new Iir(new ClassicFilter(new Prototype.Butterworth(), order, band));
  }

  @Override
  public StreamFormat output(StreamFormat in) {
    return Stage.requireTime(this, in);
  }

  @Override
  public SosCascade lower(StreamFormat in) {
    return new SosCascade(design.sos(Stage.requireRate(this, in)));
  }

  @Override
  public String describe() {
    return design.describe();
  }
}
