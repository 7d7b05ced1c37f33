package io.github.millrace.cuda;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.millrace.gpu.DeviceFunction;
import io.github.millrace.gpu.DeviceMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A kernel and the place of its arguments: the driver wants the address of each. */
final class CudaFunction implements DeviceFunction {

  private static final int MOST_ARGUMENTS = 32;

  private final CudaAccelerator accelerator;
  private final int index;
  private final long handle;
  private final int items;
  private final String call;
  private final MemorySegment values;
  private final MemorySegment addresses;
  private int next;

  /**
   * A kernel of a loaded module.
   *
   * @param handle the driver's
   * @param items of a work-group
   * @param name in its file
   */
  record Entry(long handle, int items, String name) {}

  /**
   * A kernel of a loaded module.
   *
   * @param index among the accelerator's functions
   * @param arena for the arguments, open as long as it is launched
   */
  CudaFunction(CudaAccelerator accelerator, int index, Entry entry, Arena arena) {
    this.accelerator = accelerator;
    this.index = index;
    handle = entry.handle();
    items = entry.items();
    call = "cuLaunchKernel of " + entry.name();
    values = arena.allocate(JAVA_LONG, MOST_ARGUMENTS);
    addresses = arena.allocate(JAVA_LONG, MOST_ARGUMENTS);
    for (int i = 0; i < MOST_ARGUMENTS; i++) {
      addresses.setAtIndex(JAVA_LONG, i, values.address() + (long) i * Long.BYTES);
    }
  }

  @Override
  public DeviceFunction memory(DeviceMemory memory) {
    return number(((CudaMemory) memory).address());
  }

  @Override
  public DeviceFunction number(long value) {
    values.setAtIndex(JAVA_LONG, next++, value);
    return this;
  }

  @Override
  public void launch(long groups) {
    int count = next;
    next = 0;
    accelerator.launch(this, Math.toIntExact(groups), count);
  }

  /** Launches at once, even where launches are remembered. */
  void relaunch(int groups) {
    next = 0;
    accelerator.launch(this, groups);
  }

  /** Its place among the accelerator's functions. */
  int index() {
    return index;
  }

  /** The argument at a place. */
  long value(int place) {
    return values.getAtIndex(JAVA_LONG, place);
  }

  /** The driver's handle. */
  long handle() {
    return handle;
  }

  /** Items of a work-group. */
  int items() {
    return items;
  }

  /** For messages. */
  String call() {
    return call;
  }

  /** Address of the addresses of the arguments. */
  long arguments() {
    return addresses.address();
  }
}
