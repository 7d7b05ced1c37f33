package io.github.millrace.cpu.fir;

/**
 * Takes samples apart by size. The error of a transform is relative to its largest sample and is
 * spread over all of its outputs, so that a glitch of 1e20 would drown frames that the filter never
 * brings it to. Samples that are so much larger than others around them go through a transform of
 * their own, of which only the outputs that they reach are kept.
 *
 * <p>Whether there are any is told by sums of magnitudes over segments: signals that keep to 24
 * bits are one layer.
 */
final class Layers {

  /**
   * How much larger than the quietest segment the largest sample of a layer may be. The error of
   * the transform in float64, about 2^-58 of the largest, is then 2^-34 of the quietest.
   */
  private static final double SPAN = 0x1p24;

  /** Half the taps or less, so that a silence as long as the filter holds a whole segment. */
  private static final int SEGMENT = 16;

  private Layers() {}

  /** Whether the first samples are one layer and all finite. */
  static boolean single(double[] line, int end) {
    double quietest = Double.POSITIVE_INFINITY;
    double loudest = 0;
    for (int from = 0; from < end; from += SEGMENT) {
      double sum = from + SEGMENT <= end ? segment(line, from) : rest(line, from, end);
      if (sum > 0 && sum < quietest) {
        quietest = sum;
      }
      loudest = Math.max(loudest, sum); // not a number stays
    }
    return loudest <= SPAN * quietest && loudest < Double.POSITIVE_INFINITY;
  }

  private static double segment(double[] line, int from) {
    double even = 0;
    double odd = 0;
    for (int i = from; i < from + SEGMENT; i += 2) {
      even += Math.abs(line[i]);
      odd += Math.abs(line[i + 1]);
    }
    return even + odd;
  }

  private static double rest(double[] line, int from, int end) {
    double sum = 0;
    for (int i = from; i < end; i++) {
      sum += Math.abs(line[i]);
    }
    return sum;
  }

  /**
   * The largest magnitude of the next layer.
   *
   * @param above the largest of the layer before, 0 for the first
   * @return 0 where no finite sample is left
   */
  static double limit(double[] line, int end, double above) {
    double quietest = Double.POSITIVE_INFINITY;
    for (int from = 0; from < end; from += SEGMENT) {
      double sum = sum(line, from, Math.min(end, from + SEGMENT), above);
      quietest = sum > 0 ? Math.min(quietest, sum) : quietest;
    }
    return quietest == Double.POSITIVE_INFINITY ? 0 : Math.min(Double.MAX_VALUE, SPAN * quietest);
  }

  /** The magnitudes of finite samples above a level, summed; the largest finite number at most. */
  private static double sum(double[] line, int from, int to, double above) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      double size = Math.abs(line[i]);
      sum += size > above && size <= Double.MAX_VALUE ? size : 0;
    }
    return Math.min(sum, Double.MAX_VALUE);
  }

  /** Whether a sample belongs to the layer of magnitudes above one level up to another. */
  static boolean holds(double sample, double above, double limit) {
    double size = Math.abs(sample);
    return size > above && size <= limit;
  }
}
