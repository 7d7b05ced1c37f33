package io.github.millrace.io.pcm;

/**
 * Triangular dither: the sum of two independent uniform variables, each one quantisation step wide,
 * which makes the mean and the variance of the rounding error independent of the signal (Lipshitz,
 * Wannamaker and Vanderkooy, "Quantization and dither: a theoretical survey", JAES 40, 1992).
 *
 * <p>The noise comes from Steele, Lea and Flood's SplitMix64 with a fixed seed, so that equal runs
 * give equal files; a sample's noise depends on its place in the stream alone.
 */
final class Dither {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private static final long SEED = 0x4D696C6C72616365L;

  private final double scale;
  private long state = SEED;

  /** Dither for a quantisation step of this size. */
  Dither(double step) {
    scale = step * 0x1p-32;
  }

  /** Makes the next sample the one at this place in the stream, counted from 0. */
  void moveTo(long sample) {
    state = SEED + sample * GOLDEN_GAMMA;
  }

  /** Adds noise to the first {@code count} samples. */
  void add(double[] samples, int count) {
    long s = state;
    for (int i = 0; i < count; i++) {
      s += GOLDEN_GAMMA;
      long z = (s ^ s >>> 30) * 0xBF58476D1CE4E5B9L;
      z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
      z ^= z >>> 31;
      samples[i] += ((z & 0xFFFF_FFFFL) - (z >>> 32)) * scale;
    }
    state = s;
  }
}
