package io.github.millrace.signal;

import java.lang.foreign.MemorySegment;

/**
 * Memory of a device under a {@link SignalBuffer}, which the host reaches by copies alone. Any
 * thread; both copies wait until they are done.
 */
public interface DeviceSamples {

  /** The device's name, for messages. */
  String device();

  /**
   * Copies all of a piece of native memory to this memory.
   *
   * @param at bytes from the start of this memory
   */
  void write(long at, MemorySegment from);

  /**
   * Fills a piece of native memory from this memory.
   *
   * @param at bytes from the start of this memory
   */
  void read(long at, MemorySegment to);
}
