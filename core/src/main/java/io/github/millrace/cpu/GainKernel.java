package io.github.millrace.cpu;

import io.github.millrace.backend.Step;
import io.github.millrace.host.Crew;
import io.github.millrace.stage.Gain;

/** Multiplies; a gain of 1 copies. */
final class GainKernel extends ChannelKernel {

  private final double factor;

  GainKernel(Step step, Crew crew) {
    super(step, crew);
    factor = ((Gain) step.stage()).factor();
  }

  @Override
  void process(int plane, Samples samples) {
    samples.scale(factor);
  }

  @Override
  public void reset() {}

  @Override
  public String describe() {
    return "multiply";
  }
}
