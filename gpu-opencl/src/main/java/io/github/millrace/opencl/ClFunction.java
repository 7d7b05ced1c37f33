package io.github.millrace.opencl;

import static org.jocl.CL.clEnqueueNDRangeKernel;
import static org.jocl.CL.clReleaseKernel;
import static org.jocl.CL.clSetKernelArg;

import io.github.millrace.gpu.DeviceFunction;
import io.github.millrace.gpu.DeviceMemory;
import io.github.millrace.host.SignalDispositions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.Sizeof;
import org.jocl.cl_command_queue;
import org.jocl.cl_kernel;

/** A kernel object with its arguments; what has not changed is not set again. */
final class ClFunction implements DeviceFunction, AutoCloseable {

  private static final int MOST_ARGUMENTS = 32;

  private final ClAccelerator accelerator;
  private final cl_command_queue queue;
  private final cl_kernel kernel;
  private final String name;
  private final ByteBuffer values =
      ByteBuffer.allocateDirect(MOST_ARGUMENTS * Long.BYTES).order(ByteOrder.nativeOrder());
  private final Pointer[] places = new Pointer[MOST_ARGUMENTS];
  private final boolean[] known = new boolean[MOST_ARGUMENTS];
  private final DeviceMemory[] memories = new DeviceMemory[MOST_ARGUMENTS];
  private final long[] global = new long[1];
  private final long[] local;
  private int next;
  private boolean launched;

  ClFunction(ClAccelerator accelerator, cl_kernel kernel, String name, int items) {
    this.accelerator = accelerator;
    queue = accelerator.queue();
    this.kernel = kernel;
    this.name = name;
    local = new long[] {items};
    for (int i = 0; i < MOST_ARGUMENTS; i++) {
      places[i] = Pointer.to(values).withByteOffset((long) i * Long.BYTES);
    }
  }

  @Override
  public DeviceFunction memory(DeviceMemory memory) {
    int index = next++;
    if (!memory.equals(memories[index])) {
      memories[index] = memory;
      set(index, Sizeof.cl_mem, ((ClMemory) memory).argument());
    }
    return this;
  }

  @Override
  public DeviceFunction number(long value) {
    int index = next++;
    if (!known[index] || values.getLong(index * Long.BYTES) != value) {
      known[index] = true;
      values.putLong(index * Long.BYTES, value);
      set(index, Long.BYTES, places[index]);
    }
    return this;
  }

  private void set(int index, long bytes, Pointer value) {
    try {
      clSetKernelArg(kernel, index, bytes, value);
    } catch (CLException e) {
      throw accelerator.failure("clSetKernelArg " + index + " of " + name, e);
    }
  }

  @Override
  public void launch(long groups) {
    next = 0;
    global[0] = groups * local[0];
    if (launched) {
      enqueue();
    } else {
      launchFirst();
    }
  }

  /** Some drivers compile now, PoCL on a thread of its own: it is waited for. */
  private void launchFirst() {
    try (var _ = SignalDispositions.keep()) {
      enqueue();
      accelerator.finish();
    }
    launched = true;
  }

  private void enqueue() {
    try {
      clEnqueueNDRangeKernel(queue, kernel, 1, null, global, local, 0, null, null);
    } catch (CLException e) {
      throw accelerator.failure("clEnqueueNDRangeKernel of " + name, e);
    }
  }

  @Override
  public void close() {
    ClAccelerator.ignoringLoss(() -> clReleaseKernel(kernel));
  }
}
