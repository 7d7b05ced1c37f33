package io.github.millrace.stage;

import io.github.millrace.signal.StreamFormat;

/**
 * A user's own stage: the open door of {@link Stage}. A chain that holds one runs on the CPU.
 *
 * <p>Implementations are immutable and should be equal by value; what changes lives in the kernel.
 */
public non-sealed interface CustomStage extends Stage {

  /**
   * Whether every call of {@link CustomKernel#process} writes exactly as many frames as it reads,
   * so that a plan may work in place. A kernel that writes another number is then refused while it
   * runs.
   */
  default boolean keepsLength() {
    return false;
  }

  /**
   * A new kernel for streams of this format, in its reset state.
   *
   * @param in a format that {@link #output} accepted
   */
  CustomKernel kernel(StreamFormat in);
}
