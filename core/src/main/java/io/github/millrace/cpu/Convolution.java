package io.github.millrace.cpu;

/** One way to compute the sum of an FIR filter over a run of frames; owned by one thread. */
interface Convolution {

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
