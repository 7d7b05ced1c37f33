package io.github.millrace.gpu;

import io.github.millrace.signal.SampleType;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Every kernel source that the stages can ask for, for drivers that cannot compile on the user's
 * machine. Finite where the device is a GPU.
 */
public final class KernelCatalog {

  private static final SampleType F32 = SampleType.FLOAT32;
  private static final SampleType F64 = SampleType.FLOAT64;

  /** Fast and precise on float32 samples, and float64 samples, where the device has float64. */
  private static final List<Arithmetic> TYPES =
      List.of(
          new Arithmetic(F32, F32, F64),
          new Arithmetic(F32, F64, F64),
          new Arithmetic(F64, F64, F64));

  private KernelCatalog() {}

  /**
   * The sources for devices that have float64.
   *
   * @param limits of a GPU
   * @return each once, in a fixed order
   */
  public static List<KernelSource> of(Limits limits) {
    LinkedHashSet<KernelSource> sources = new LinkedHashSet<>();
    for (Arithmetic types : TYPES) {
      for (int sections = 1; sections <= CascadeKernel.MOST_SECTIONS; sections++) {
        sources.add(CascadeShape.of(sections, types, limits).source(types));
      }
      for (int length = 1; length <= limits.longestTransform(types.real()); length++) {
        sources.add(FftKernel.source(types, length));
      }
      int longest = OverlapKernel.longest(limits, types.real());
      for (int taps = 1; taps <= longest; taps++) {
        sources.add(OverlapKernel.source(types, OverlapKernel.length(taps, longest)));
      }
      for (int inputs = 1; inputs <= MixKernel.mostInputs(types); inputs++) {
        sources.add(MixKernel.source(types, inputs));
      }
      sources.add(GainKernel.source(types));
      sources.add(DirectSum.source(types, limits));
      sources.add(Line.source(types));
      sources.add(ResampleKernel.source(types, limits.lanes(types.real())));
    }
    return new ArrayList<>(sources);
  }
}
