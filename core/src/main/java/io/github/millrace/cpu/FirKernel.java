package io.github.millrace.cpu;

import io.github.millrace.plan.Crew;
import io.github.millrace.plan.StageState;
import io.github.millrace.plan.Step;
import io.github.millrace.stage.Fir;
import java.util.Arrays;

/** A finite impulse response by one of two convolutions, all arithmetic in float64. */
final class FirKernel extends HistoryKernel {

  /**
   * Taps from which overlap-save is faster on long blocks: direct 117, 107 and 102 million frames a
   * second with 79, 87 and 95 taps, overlap-save 107, 108 and 126 (Xeon with AVX-512, one thread,
   * float64, Temurin 25.0.3, 2026-11-20).
   */
  private static final int CROSSOVER = 88;

  private final Convolution[] convolutions;
  private final Samples[] sums;

  private FirKernel(Step step, Crew crew, Convolution[] convolutions) {
    super(step, crew, ((Fir) step.stage()).length() - 1, convolutions[0].pieceFrames());
    this.convolutions = convolutions;
    sums = new Samples[convolutions.length];
    for (int part = 0; part < sums.length; part++) {
      sums[part] = new Samples(convolutions[part].pieceFrames(), step);
    }
  }

  /** The kernel of an FIR stage by the stage's own method. */
  static FirKernel of(Step step, Crew crew) {
    Fir fir = (Fir) step.stage();
    double[] taps = fir.taps();
    Convolution[] convolutions = new Convolution[crew.size()];
    if (overlaps(fir)) {
      double[][] spectra = OverlapSave.spectra(taps);
      Arrays.setAll(convolutions, part -> new OverlapSave(taps, spectra));
    } else {
      Arrays.setAll(convolutions, part -> new DirectSum(taps));
    }
    return new FirKernel(step, crew, convolutions);
  }

  private static boolean overlaps(Fir fir) {
    return switch (fir.method()) {
      case DIRECT -> false;
      case OVERLAP_SAVE -> true;
      case AUTO -> fir.length() >= CROSSOVER;
    };
  }

  @Override
  void advance(int part, int plane, long at, int count) {
    convolutions[part].apply(line(part), sums[part].values, count);
    sums[part].range(0, count);
    out().store(plane, at, sums[part]);
  }

  @Override
  public StageState state() {
    return history.state(0);
  }

  @Override
  public void restore(StageState state) {
    history.restore(state, step.stage().describe());
  }

  @Override
  public String describe() {
    return convolutions[0].describe();
  }
}
