package io.github.millrace.gpu;

import io.github.millrace.backend.Kernel;
import io.github.millrace.stage.Gain;
import java.util.Map;

/** Multiplies every sample of every plane. */
final class GainKernel implements Kernel<GpuBlock> {

  private static final int ITEMS = 256;

  /** Samples of a plane to each item: enough to hide what a work-group costs. */
  private static final int PER_ITEM = 16;

  private final KernelSetup setup;
  private final Table factor;
  private final DeviceFunction multiply;

  GainKernel(KernelSetup setup) {
    this.setup = setup;
    double gain = ((Gain) setup.step().stage()).factor();
    factor =
        setup.table(
            setup.arithmetic().real(), gain * setup.step().loadGain() * setup.step().storeGain());
    multiply = setup.accelerator().function(source(setup.arithmetic()), "gain");
  }

  /** What multiplies in these types. */
  static KernelSource source(Arithmetic types) {
    return types.source("gain", ITEMS, Map.of("PER_ITEM", PER_ITEM));
  }

  @Override
  public long run(GpuBlock in, GpuBlock out, long frames) {
    if (frames > 0) {
      long groups = (frames + ITEMS * PER_ITEM - 1) / (ITEMS * PER_ITEM);
      in.pass(multiply);
      out.pass(multiply);
      multiply.number(frames).number(groups).memory(factor.memory()).launch(groups * in.planes());
    }
    return frames;
  }

  @Override
  public void reset() {}

  @Override
  public String describe() {
    return "multiply, " + setup.arithmetic().describe();
  }

  @Override
  public void close() {
    factor.close();
  }
}
