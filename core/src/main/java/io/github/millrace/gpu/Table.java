package io.github.millrace.gpu;

import io.github.millrace.signal.SampleType;
import java.lang.foreign.MemorySegment;

/** Numbers in a device's memory with a host side: the tables of a filter, a carried state. */
final class Table implements AutoCloseable {

  private final Accelerator accelerator;
  private final SampleType type;
  private final int length;
  private final DeviceMemory memory;

  /** A table of zeros. */
  Table(Accelerator accelerator, SampleType type, int length) {
    this.accelerator = accelerator;
    this.type = type;
    this.length = length;
    memory = accelerator.staging(Math.max(1, (long) length * type.bytes()));
    memory.host().fill((byte) 0);
    accelerator.toDevice(memory, memory.bytes());
  }

  /** A table of these values, rounded to the type. */
  static Table of(Accelerator accelerator, SampleType type, double... values) {
    Table table = new Table(accelerator, type, values.length);
    table.set(values);
    return table;
  }

  /** Sets all values. */
  void set(double[] values) {
    MemorySegment host = memory.host();
    for (int i = 0; i < length; i++) {
      type.set(host, (long) i * type.bytes(), values[i]);
    }
    if (length > 0) {
      accelerator.toDevice(memory, (long) length * type.bytes());
    }
  }

  /** All values as the device has them now. */
  double[] get() {
    double[] values = new double[length];
    if (length > 0) {
      accelerator.toHost(memory, (long) length * type.bytes());
    }
    MemorySegment host = memory.host();
    for (int i = 0; i < length; i++) {
      values[i] = type.get(host, (long) i * type.bytes());
    }
    return values;
  }

  /** Sets all values to 0. */
  void clear() {
    set(new double[length]);
  }

  /** Number of values. */
  int length() {
    return length;
  }

  /** Where the values are. */
  DeviceMemory memory() {
    return memory;
  }

  @Override
  public void close() {
    memory.close();
  }
}
