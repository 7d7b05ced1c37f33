package io.github.millrace.choice.cost;

import io.github.millrace.backend.Step;
import io.github.millrace.stage.CustomStage;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Fft;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.FirDesign;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.InverseFft;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.SosCascade;
import io.github.millrace.stage.Stage;
import java.util.List;
import java.util.Locale;

/** Kinds of work whose time grows by one law each. */
public enum StageKind {
  /** Second-order sections. */
  CASCADE("section"),
  /** A finite impulse response term by term. */
  FIR("tap"),
  /** A finite impulse response by transforms, whose work grows with the logarithm of the taps. */
  OVERLAP("octave"),
  /** Resampling, by the products that an input frame takes. */
  RESAMPLE("product"),
  /** A matrix of channels, by the products that an input sample takes. */
  MIX("product"),
  /** A factor. */
  GAIN("unit"),
  /** A delay. */
  DELAY("unit"),
  /** A transform of blocks, whose work grows with the logarithm of their length. */
  FFT("octave"),
  /** A transform back. */
  INVERSE_FFT("octave");

  private final String unit;

  StageKind(String unit) {
    this.unit = unit;
  }

  /** What is counted beside frames and channels. */
  public String unit() {
    return unit;
  }

  /** The name in a profile. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The kind of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  static StageKind of(String word) {
    for (StageKind kind : values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw new IllegalArgumentException("found '" + word + "', expected a kind of stage");
  }

  /** The kinds that may run a stage, of which a backend takes the quicker; none if that is open. */
  public static List<StageKind> of(Stage stage) {
    return switch (stage) {
      case Iir _, SosCascade _ -> List.of(CASCADE);
      case FirDesign _ -> List.of(FIR, OVERLAP);
      case Fir fir ->
          switch (fir.method()) {
            case DIRECT -> List.of(FIR);
            case OVERLAP_SAVE -> List.of(OVERLAP);
            case AUTO -> List.of(FIR, OVERLAP);
          };
      case Resample _ -> List.of(RESAMPLE);
      case Mix _ -> List.of(MIX);
      case Gain _ -> List.of(GAIN);
      case Delay _ -> List.of(DELAY);
      case Fft _ -> List.of(FFT);
      case InverseFft _ -> List.of(INVERSE_FFT);
      case CustomStage _ -> List.of();
    };
  }

  /** The units of this kind that a step takes for each frame of each channel that it reads. */
  public double units(Step step) {
    return switch (step.stage()) {
      case SosCascade cascade -> cascade.sos().sections();
      case Fir fir -> this == OVERLAP ? log2(fir.length()) : fir.length();
      case Resample resample ->
          (double) resample.taps(step.in()).perPhase()
              * resample.up(step.in())
              / resample.down(step.in());
      case Mix mix -> mix.weights().length;
      case Fft fft -> log2(fft.block());
      case InverseFft _ -> log2(step.in().fftBlock());
      case Gain _, Delay _, CustomStage _ -> 0;
      case Iir _, FirDesign _ ->
          throw new IllegalArgumentException(step.stage().describe() + " was not lowered");
    };
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }
}
