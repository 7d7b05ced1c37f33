package io.github.millrace.cpu;

import io.github.millrace.backend.Step;
import io.github.millrace.cpu.fft.RealFft;
import io.github.millrace.host.Crew;

/** The samples of spectra, computed in float64. */
final class InverseFftKernel extends BlockKernel {

  private final int block;
  private final RealFft[] transforms;
  private final Samples[] samples;

  InverseFftKernel(Step step, Crew crew) {
    super(step, crew, step.in().bins(), step.in().fftBlock());
    block = step.in().fftBlock();
    transforms = new RealFft[Math.min(crew.size(), step.in().channels())];
    samples = new Samples[transforms.length];
    for (int part = 0; part < transforms.length; part++) {
      transforms[part] = RealFft.of(block);
      samples[part] = new Samples(block, step);
    }
  }

  @Override
  void complete(int part, int channel, CpuBlock to, long at) {
    transforms[part].inverse(block(2 * channel), block(2 * channel + 1), samples[part].values);
    samples[part].range(0, block);
    to.store(channel, at, samples[part]);
  }

  @Override
  public String describe() {
    return transforms[0].describe() + ", float64";
  }
}
