package io.github.millrace.cpu;

import io.github.millrace.backend.Step;
import io.github.millrace.cpu.fir.Convolution;
import io.github.millrace.host.Crew;
import io.github.millrace.plan.Bits;
import io.github.millrace.plan.StageState;
import io.github.millrace.stage.Fir;

/** A finite impulse response by one of two convolutions, all arithmetic in float64. */
final class FirKernel extends HistoryKernel {

  private final Convolution[] convolutions;
  private final Samples[] sums;

  private final Bits bits;

  private FirKernel(Step step, Crew crew, Bits bits, Convolution[] convolutions) {
    super(step, crew, ((Fir) step.stage()).length() - 1, convolutions[0].pieceFrames());
    this.convolutions = convolutions;
    this.bits = bits;
    sums = new Samples[convolutions.length];
    for (int part = 0; part < sums.length; part++) {
      sums[part] = new Samples(convolutions[part].pieceFrames(), step);
    }
  }

  /** The kernel of an FIR stage by the stage's own method, as far as the promise allows it. */
  static HistoryKernel of(Step step, Crew crew, Bits bits) {
    Fir fir = (Fir) step.stage();
    if (bits != Bits.FRAME) {
      return new FirKernel(step, crew, bits, Convolution.of(fir, crew.size()));
    }
    return PartitionedFirKernel.pays(fir)
        ? new PartitionedFirKernel(step, crew)
        : new FirKernel(step, crew, bits, Convolution.of(fir.with(Fir.Method.DIRECT), crew.size()));
  }

  /** Transforms are cut where a cell begins; sums have the same bits wherever. */
  @Override
  long cellFrames() {
    return bits == Bits.GRID ? Bits.CELL : 0;
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
