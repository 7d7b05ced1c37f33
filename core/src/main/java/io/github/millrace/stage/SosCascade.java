package io.github.millrace.stage;

import io.github.millrace.design.Sos;
import io.github.millrace.signal.StreamFormat;
import java.util.Objects;
import java.util.Optional;

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

  /** The sections of a lowered stage; empty where it is no cascade. */
  public static Optional<Sos> sectionsOf(Stage stage) {
    return switch (stage) {
      case SosCascade cascade -> Optional.of(cascade.sos);
      case Iir _, FirDesign _ ->
          throw new IllegalArgumentException(stage.describe() + " was not lowered");
      case Fir _, Gain _, Delay _, Mix _, Resample _, Fft _, InverseFft _, CustomStage _ ->
          Optional.empty();
    };
  }

  /** {@link Sos#holdsInFloat32} of a cascade; true of what is none, and of a recipe in Hz. */
  public static boolean holdsInFloat32(Stage stage) {
    return !(stage instanceof SosCascade cascade) || cascade.sos.holdsInFloat32();
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
