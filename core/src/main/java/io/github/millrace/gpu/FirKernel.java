package io.github.millrace.gpu;

import io.github.millrace.plan.Bits;
import io.github.millrace.stage.Fir;

/** A finite impulse response term by term; see fir.cl. */
final class FirKernel extends LineKernel {

  /**
   * Taps from which transforms take over; see {@link OverlapKernel}. On PoCL 3.1 (2-core Xeon VM,
   * AVX-512, November 2026, float32 samples, precise) 255 taps ran at 108 against 37 million
   * samples a second by transforms, 511 at 59 against 38. On a GPU: not measured.
   */
  private static final int CROSSOVER = 768;

  private final int taps;
  private final DirectSum sum;

  private FirKernel(KernelSetup setup, Fir fir) {
    super(setup, fir.length() - 1L);
    taps = fir.length();
    sum = new DirectSum(setup, fir.taps());
  }

  /** The kernel of an FIR stage by the stage's own method, as far as the promise allows it. */
  static LineKernel of(KernelSetup setup) {
    Fir fir = (Fir) setup.step().stage();
    boolean overlaps =
        switch (fir.method()) {
          case DIRECT -> false;
          case OVERLAP_SAVE -> true;
          case AUTO -> fir.length() >= CROSSOVER;
        };
    overlaps &= setup.options().bits() != Bits.FRAME;
    return overlaps ? new OverlapKernel(setup, fir) : new FirKernel(setup, fir);
  }

  @Override
  long advance(GpuBlock out, long to, long frames) {
    sum.run(line, out, to, frames, storeGain);
    return frames;
  }

  @Override
  public String describe() {
    String count = taps + (taps == 1 ? " tap" : " taps");
    return "direct, " + count + ", " + setup.arithmetic().describe();
  }

  @Override
  public void close() {
    super.close();
    sum.close();
  }
}
