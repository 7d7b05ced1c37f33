package io.github.millrace.backend;

import io.github.millrace.plan.StageState;

/**
 * One stage on one device; it owns the stage's carried state. One thread at a time.
 *
 * @param <B> the device's block type
 */
public interface Kernel<B> extends AutoCloseable {

  /**
   * Reads {@code frames} frames of {@code in} and writes what they yield to {@code out}. Allocates
   * nothing. {@code in} and {@code out} may be the same memory if the kernel keeps the length.
   *
   * @return frames written
   */
  long run(B in, B out, long frames);

  /**
   * Writes what is left at the end of a stream; called until it returns 0.
   *
   * @param limit the most frames to write, at least {@code maxOutputFrames(1)}
   * @return frames written
   */
  default long flush(B out, long limit) {
    return 0;
  }

  /** The most frames that reading this many may write, in any state. */
  default long maxOutputFrames(long frames) {
    return frames;
  }

  /** The most frames that {@link #flush} may write in all, in any state. */
  default long flushFrames() {
    return 0;
  }

  /** The most input frames held back before the output they belong to can be written. */
  default long latencyFrames() {
    return 0;
  }

  /** Whether every run writes exactly as many frames as it reads, so that it may work in place. */
  default boolean keepsLength() {
    return true;
  }

  /**
   * Whether blocks may lie in arrays: the kernel then never holds up the garbage collector for
   * longer than some 50 us.
   */
  default boolean reachesHeap() {
    return false;
  }

  /** Returns to silence. */
  void reset();

  /** The carried state in the stage's own coefficients, a copy. */
  default StageState state() {
    return StageState.none();
  }

  /**
   * Sets the carried state.
   *
   * @throws IllegalArgumentException if the shape is not this kernel's
   */
  default void restore(StageState state) {
    StageState.none().requireShapeOf(state, "a stage without state");
  }

  /** One line: the variant chosen and why it matters, such as {@code direct, 63 taps}. */
  String describe();

  /** Frees what the kernel holds; closing twice is harmless. */
  @Override
  default void close() {}
}
