package io.github.millrace.gpu;

import java.util.Map;

/**
 * The sum of an FIR filter term by term; see fir.cl. 63 taps on float32 samples, precise: 248
 * million samples a second, 86 before outputs were tiled in registers, {@code java} 296 (PoCL 3.1,
 * 2-core Xeon VM, AVX-512, November 2026).
 */
final class DirectSum implements AutoCloseable {

  /** Neighbours that items treat at once. */
  private static final int NEIGHBOURS = 64;

  private static final int PER_ITEM = 8;
  private static final int CHUNK = 256;

  private final int taps;
  private final Table coefficients;
  private final DeviceFunction sum;

  /** The sum with these taps, h[0] first. */
  DirectSum(KernelSetup setup, double[] h) {
    taps = h.length;
    coefficients = setup.table(setup.arithmetic().real(), h);
    KernelSource source = source(setup.arithmetic(), setup.accelerator().limits());
    sum = setup.accelerator().function(source, "fir_direct");
  }

  /** What sums up in these types. */
  static KernelSource source(Arithmetic types, Limits limits) {
    int lanes = limits.lanes(types.real());
    Map<String, Integer> constants = Map.of("PER_ITEM", PER_ITEM, "CHUNK", CHUNK, "LANES", lanes);
    return types.source("fir", NEIGHBOURS / lanes, constants);
  }

  /** Sums up the piece of a line that holds {@code taps - 1} frames before it. */
  void run(Line line, GpuBlock out, long to, long frames, Table gain) {
    long groups = Math.ceilDiv(frames, NEIGHBOURS * PER_ITEM);
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
