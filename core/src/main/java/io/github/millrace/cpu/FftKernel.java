package io.github.millrace.cpu;

import io.github.millrace.backend.Step;
import io.github.millrace.cpu.fft.RealFft;
import io.github.millrace.host.Crew;
import io.github.millrace.stage.Fft;

/** Spectra of blocks, computed in float64. */
final class FftKernel extends BlockKernel {

  private final int bins;
  private final RealFft[] transforms;
  private final Samples[] re;
  private final Samples[] im;

  FftKernel(Step step, Crew crew) {
    super(step, crew, ((Fft) step.stage()).block(), step.out().bins());
    bins = step.out().bins();
    int workers = Math.min(crew.size(), step.in().channels());
    transforms = new RealFft[workers];
    re = new Samples[workers];
    im = new Samples[workers];
    for (int part = 0; part < workers; part++) {
      transforms[part] = RealFft.of(step.out().fftBlock());
      re[part] = new Samples(bins, step);
      im[part] = new Samples(bins, step);
    }
  }

  @Override
  void complete(int part, int channel, CpuBlock to, long at) {
    transforms[part].forward(block(channel), re[part].values, im[part].values);
    re[part].range(0, bins);
    im[part].range(0, bins);
    to.store(2 * channel, at, re[part]);
    to.store(2 * channel + 1, at, im[part]);
  }

  @Override
  public String describe() {
    return transforms[0].describe() + ", float64";
  }
}
