package io.github.millrace.stage;

/**
 * The running part of a {@link CustomStage}: filters blocks and carries its own state.
 *
 * <p>Blocks are arrays [planes][frames] of doubles, whatever the stream's sample type. One thread
 * at a time. To be allocation-free, a kernel allocates in its constructor only.
 */
public interface CustomKernel extends AutoCloseable {

  /**
   * Reads one block and writes what it yields. Any split of a stream into blocks must give the same
   * output.
   *
   * @param in planes of input; only the first {@code frames} of each count
   * @param out planes to write, each with room for {@code maxOutputFrames(frames)}; the arrays may
   *     be written, not replaced
   * @param frames frames to read, at least 1
   * @return frames written: 0 to {@code maxOutputFrames(frames)}, and exactly {@code frames} where
   *     {@link CustomStage#keepsLength}; another count ends the run by {@code
   *     IllegalStateException}
   */
  int process(double[][] in, double[][] out, int frames);

  /** The most frames that reading this many may write. */
  default int maxOutputFrames(int frames) {
    return frames;
  }

  /**
   * Writes what is left at the end of a stream, as many frames as fit; called until it returns 0.
   *
   * @param out planes to write
   * @return frames written
   */
  default int flush(double[][] out) {
    return 0;
  }

  /** The most frames that all calls of {@link #flush} together may write. */
  default long flushFrames() {
    return 0;
  }

  /** The most input frames that are held back before the output they belong to can be written. */
  default long latencyFrames() {
    return 0;
  }

  /** The carried state, a copy; empty where there is none. */
  default double[] state() {
    return new double[0];
  }

  /**
   * Sets the carried state.
   *
   * @param values as {@link #state} returned it
   */
  default void restore(double[] values) {}

  /** Returns to the state of a new kernel. */
  void reset();

  /** Frees what the kernel holds. */
  @Override
  default void close() {}
}
