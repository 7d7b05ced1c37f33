package io.github.millrace.gpu;

import java.util.Map;

/** The sum of an FIR filter term by term; see fir.cl. */
final class DirectSum implements AutoCloseable {

  private static final int ITEMS = 64;
  private static final int PER_ITEM = 8;
  private static final int CHUNK = 256;

  private final int taps;
  private final Table coefficients;
  private final DeviceFunction sum;

  /** The sum with these taps, h[0] first. */
  DirectSum(KernelSetup setup, double[] h) {
    taps = h.length;
    coefficients = setup.table(setup.arithmetic().real(), h);
    sum = setup.accelerator().function(source(setup.arithmetic()), "fir_direct");
  }

  /** What sums up in these types. */
  static KernelSource source(Arithmetic types) {
    return types.source("fir", ITEMS, Map.of("PER_ITEM", PER_ITEM, "CHUNK", CHUNK));
  }

  /** Sums up the piece of a line that holds {@code taps - 1} frames before it. */
  void run(Line line, GpuBlock out, long to, long frames, Table gain) {
    long groups = (frames + ITEMS * PER_ITEM - 1) / (ITEMS * PER_ITEM);
    line.pass(sum);
    out.pass(sum, to).number(frames).number(groups).number(taps);
    sum.memory(coefficients.memory()).memory(gain.memory()).launch(groups * out.planes());
  }

  /** The taps. */
  DeviceMemory coefficients() {
    return coefficients.memory();
  }

  @Override
  public void close() {
    coefficients.close();
  }
}
