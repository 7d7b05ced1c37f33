package io.github.millrace.cpu.fir;

import io.github.millrace.stage.Fir;
import java.util.Arrays;

/** One way to compute the sum of an FIR filter over a run of frames; owned by one thread. */
public interface Convolution {

  /**
   * Taps from which overlap-save is faster on long blocks: direct 117, 107 and 102 million frames a
   * second with 79, 87 and 95 taps, overlap-save 107, 108 and 126 (Xeon with AVX-512, one thread,
   * float64, Temurin 25.0.3, 2026-11-20).
   */
  int CROSSOVER = 88;

  /** The convolutions of an FIR stage by the stage's own method, one for each thread. */
  static Convolution[] of(Fir fir, int threads) {
    double[] taps = fir.taps();
    Convolution[] convolutions = new Convolution[threads];
    if (overlaps(fir)) {
      double[][] spectra = OverlapSave.spectra(taps);
      Arrays.setAll(convolutions, part -> new OverlapSave(taps, spectra));
    } else {
      Arrays.setAll(convolutions, part -> new DirectSum(taps));
    }
    return convolutions;
  }

  private static boolean overlaps(Fir fir) {
    return switch (fir.method()) {
      case DIRECT -> false;
      case OVERLAP_SAVE -> true;
      case AUTO -> fir.length() >= CROSSOVER;
    };
  }

  /** The most frames of output to compute at a time. */
  int pieceFrames();

  /**
   * Computes {@code sums[i]}, the sum over k of {@code h[k] line[taps - 1 + i - k]}, for i from 0
   * to {@code count}.
   *
   * @param line the {@code taps - 1} frames before the first of the run, then the run
   */
  void apply(double[] line, double[] sums, int count);

  /** One line: the variant and what it was chosen for. */
  String describe();
}
