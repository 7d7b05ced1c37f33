package io.github.millrace.gpu;

import io.github.millrace.signal.DeviceSamples;
import java.lang.foreign.MemorySegment;

/**
 * A device's memory under a buffer of the user's.
 *
 * @param accelerator the driver that gave it
 * @param memory the memory
 */
record ResidentMemory(Accelerator accelerator, DeviceMemory memory) implements DeviceSamples {

  @Override
  public String device() {
    return accelerator.info().name();
  }

  @Override
  public void write(long at, MemorySegment from) {
    accelerator.write(memory, at, from);
  }

  @Override
  public void read(long at, MemorySegment to) {
    accelerator.read(memory, at, to);
  }
}
