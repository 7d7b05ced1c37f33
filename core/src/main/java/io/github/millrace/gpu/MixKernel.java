package io.github.millrace.gpu;

import io.github.millrace.backend.Kernel;
import io.github.millrace.plan.BackendException;
import io.github.millrace.stage.Mix;
import java.util.Map;

/** Weighted sums of channels; see mix.cl. */
final class MixKernel implements Kernel<GpuBlock> {

  private static final int MOST_ITEMS = 64;

  /** Bytes of the samples of a work-group: they fit 48 KiB on the chip. */
  private static final int MOST_BYTES = 32 << 10;

  private final KernelSetup setup;
  private final int inputs;
  private final int outputs;
  private final int items;
  private final Table weights;
  private final DeviceFunction mix;

  MixKernel(KernelSetup setup) {
    this.setup = setup;
    double[][] matrix = ((Mix) setup.step().stage()).weights();
    inputs = matrix[0].length;
    outputs = matrix.length;
    Arithmetic types = setup.arithmetic();
    if (inputs > mostInputs(types)) {
      throw new BackendException(
          "a mix of at most " + mostInputs(types) + " channels fits the chip, not of " + inputs);
    }
    KernelSource source = source(types, inputs);
    items = source.items();
    double gain = setup.step().loadGain() * setup.step().storeGain();
    double[] scaled = new double[outputs * inputs];
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = gain * matrix[i / inputs][i % inputs];
    }
    weights = setup.table(types.real(), scaled);
    mix = setup.accelerator().function(source, "mix_channels");
  }

  /** The most channels of which a work-item holds one frame. */
  static int mostInputs(Arithmetic types) {
    return MOST_BYTES / types.real().bytes();
  }

  /** What mixes so many channels in these types: one for all numbers between two powers of two. */
  static KernelSource source(Arithmetic types, int inputs) {
    int most = Integer.bitCount(inputs) == 1 ? inputs : 2 * Integer.highestOneBit(inputs);
    int items = Math.min(MOST_ITEMS, mostInputs(types) / most);
    return types.source("mix", items, Map.of("MOST", most));
  }

  @Override
  public long run(GpuBlock in, GpuBlock out, long frames) {
    if (frames > 0) {
      in.pass(mix);
      out.pass(mix).number(frames).number(inputs).number(outputs).memory(weights.memory());
      mix.launch((frames + items - 1) / items);
    }
    return frames;
  }

  @Override
  public boolean keepsLength() {
    return inputs == outputs;
  }

  @Override
  public void reset() {}

  @Override
  public String describe() {
    return inputs + " x " + outputs + " matrix, " + setup.arithmetic().describe();
  }

  @Override
  public void close() {
    weights.close();
  }
}
