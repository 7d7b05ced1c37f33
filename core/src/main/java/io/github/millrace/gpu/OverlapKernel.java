package io.github.millrace.gpu;

import io.github.millrace.signal.SampleType;
import io.github.millrace.stage.Fir;
import java.util.Map;

/** A finite impulse response by overlapping transforms; see overlap.cl. */
final class OverlapKernel extends LineKernel {

  /** Bytes of the longest transform: longer filters in partitions of these do as well. */
  private static final int MOST_BYTES = 32 << 10;

  /** Shortest transform: below, a direct sum is as good. */
  private static final int SHORTEST = 256;

  /**
   * Terms of the direct sum that take as long as one frame of transform, product and inverse. On
   * PoCL 3.1 (2-core Xeon VM, AVX-512, November 2026) a term took 0.033 ns, a frame 27 ns, of which
   * the direct sum has 4 too. The error of a transform is relative to its largest output, so that
   * short pieces gain by the sum as well.
   */
  private static final long TERMS_PER_FRAME = 512;

  private final int taps;
  private final int length;
  private final int partitions;
  private final DirectSum direct;
  private final Table roots;
  private final Table bins;
  private final DeviceMemory spectra;
  private final DeviceMemory bounds;
  private final DeviceFunction fused;
  private final DeviceFunction analyse;
  private final DeviceFunction sum;

  OverlapKernel(KernelSetup setup, Fir fir) {
    super(setup, fir.length() - 1L);
    taps = fir.length();
    SampleType real = setup.arithmetic().real();
    length = length(taps, longest(setup.accelerator().limits(), real));
    partitions = (taps + length / 2 - 1) / (length / 2);
    direct = new DirectSum(setup, fir.taps());
    roots = setup.table(real, Transform.roots(length, length / 2));
    bins = setup.table(real, bins(fir.taps()));
    KernelSource source = source(setup.arithmetic(), length);
    fused = setup.accelerator().function(source, "overlap_fused");
    analyse = setup.accelerator().function(source, "overlap_spectra");
    sum = setup.accelerator().function(source, "overlap_sum");
    long segments = half(line.piece()) + partitions - 1;
    long pairs = partitions == 1 ? 1 : segments * setup.step().in().planes();
    spectra = setup.accelerator().allocate(pairs * 2 * length * real.bytes());
    bounds = setup.accelerator().allocate(pairs * real.bytes());
  }

  /** What runs overlapping transforms of this length in these types. */
  static KernelSource source(Arithmetic types, int length) {
    return types.source("overlap", Transform.items(length), Map.of("LENGTH", length));
  }

  /** The longest transform worth its place on the chip. */
  static int longest(Limits limits, SampleType type) {
    return Math.min(limits.longestTransform(type), MOST_BYTES / 2 / type.bytes());
  }

  /** Twice the taps or more: of each transform at least half is output. */
  static int length(int taps, int longest) {
    int length = SHORTEST;
    while (length < longest && length < 4L * taps) {
      length *= 2;
    }
    return length;
  }

  /** The bins of each partition, with the 1 / length of the inverse. */
  private double[] bins(double[] h) {
    double[] table = Transform.roots(length, length / 2);
    double[] all = new double[partitions * 2 * length];
    for (int p = 0; p < partitions; p++) {
      double[] z = new double[2 * length];
      for (int k = 0; k < length / 2 && p * length / 2 + k < h.length; k++) {
        z[2 * k] = h[p * length / 2 + k] / length;
      }
      Transform.forward(z, table);
      System.arraycopy(z, 0, all, p * z.length, z.length);
    }
    return all;
  }

  /** Blocks are computed in pairs, half of them apart. */
  private long half(long frames) {
    long blocks = (frames + length / 2 - 1) / (length / 2);
    return (blocks + 1) / 2;
  }

  @Override
  long advance(GpuBlock out, long to, long frames) {
    if (frames * taps < TERMS_PER_FRAME * length) {
      direct.run(line, out, to, frames, storeGain);
      return frames;
    }
    long half = half(frames);
    if (partitions == 1) {
      line.pass(fused);
      out.pass(fused, to).number(frames).number(half).number(taps);
      fused.memory(direct.coefficients()).memory(storeGain.memory()).memory(roots.memory());
      fused.memory(bins.memory()).launch(half * out.planes());
      return frames;
    }
    line.pass(analyse).number(frames).number(half).number(partitions).number(taps);
    analyse.memory(roots.memory()).memory(spectra).memory(bounds);
    analyse.launch((half + partitions - 1) * out.planes());
    line.pass(sum);
    out.pass(sum, to).number(frames).number(half).number(partitions).number(taps);
    sum.memory(direct.coefficients()).memory(storeGain.memory()).memory(roots.memory());
    sum.memory(bins.memory()).memory(spectra).memory(bounds).launch(half * out.planes());
    return frames;
  }

  @Override
  public String describe() {
    return "overlap-save, "
        + taps
        + " taps in "
        + partitions
        + (partitions == 1 ? " partition" : " partitions")
        + ", FFTs of "
        + length
        + ", "
        + setup.arithmetic().describe();
  }

  @Override
  public void close() {
    super.close();
    direct.close();
    roots.close();
    bins.close();
    spectra.close();
    bounds.close();
  }
}
