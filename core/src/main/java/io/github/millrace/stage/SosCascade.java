package io.github.millrace.stage;

import io.github.millrace.design.Sos;
import io.github.millrace.signal.StreamFormat;
import java.util.Objects;

/**
 * A cascade of second-order sections, transposed direct form II, applied to every channel.
 *
 * <p>Causal: writes as many frames as it reads. State: [sections][channels][2], as SciPy's {@code
 * sosfilt} takes and returns it.
 *
 * @param sos the sections
 */
public record SosCascade(Sos sos) implements Stage {

  /** Checks that the sections are there. */
  public SosCascade {
    Objects.requireNonNull(sos, "sos");
  }

  @Override
  public StreamFormat output(StreamFormat in) {
    return Stage.requireTime(this, in);
  }

  @Override
  public String describe() {
    int sections = sos.sections();
    return "cascade of " + sections + (sections == 1 ? " section" : " sections");
  }
}
