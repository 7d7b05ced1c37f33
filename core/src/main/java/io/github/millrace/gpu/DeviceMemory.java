package io.github.millrace.gpu;

import java.lang.foreign.MemorySegment;

/** A piece of memory of an {@link Accelerator}. */
public interface DeviceMemory extends AutoCloseable {

  /** Its size. */
  long bytes();

  /**
   * The host side.
   *
   * @throws IllegalStateException if only the device sees this memory
   */
  MemorySegment host();

  /** Frees it; closing twice is harmless. */
  @Override
  void close();
}
