package io.github.millrace.gpu;

/**
 * A kernel ready to be launched: give its arguments in order, then launch. Allocates nothing. One
 * thread at a time.
 */
public interface DeviceFunction {

  /** The next argument is this memory. */
  DeviceFunction memory(DeviceMemory memory);

  /** The next argument is this 64-bit integer. */
  DeviceFunction number(long value);

  /**
   * Launches so many work-groups; the next argument is the first again.
   *
   * @param groups at least 1
   */
  void launch(long groups);
}
