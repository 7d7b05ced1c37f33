package io.github.millrace.opencl;

import io.github.millrace.gpu.DeviceFunction;
import io.github.millrace.gpu.DeviceMemory;
import io.github.millrace.gpu.KernelSource;
import io.github.millrace.gpu.Limits;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jocl.CL;
import org.jocl.CLException;

/** A driver whose device is lost after a number of calls. */
final class FragileAccelerator extends ThroughAccelerator {

  private final ClAccelerator driver;
  private final int most;
  private final long largest;
  final AtomicInteger calls = new AtomicInteger();
  final List<ClMemory> memories = new ArrayList<>();

  /**
   * A driver with small blocks.
   *
   * @param most calls that the device survives
   * @param largest most bytes of one block
   */
  FragileAccelerator(ClAccelerator inner, int most, long largest) {
    super(inner);
    driver = inner;
    this.most = most;
    this.largest = largest;
  }

  private void call(String name) {
    if (calls.getAndIncrement() >= most) {
      inner.finish(); // a lost device runs nothing
      throw driver.failure(name, new CLException("lost", CL.CL_DEVICE_NOT_AVAILABLE));
    }
  }

  private DeviceMemory keep(DeviceMemory memory) {
    memories.add((ClMemory) memory);
    return memory;
  }

  @Override
  public Limits limits() {
    return inner.limits().withLargestAllocation(largest);
  }

  @Override
  public DeviceMemory allocate(long bytes) {
    call("clCreateBuffer");
    return keep(inner.allocate(bytes));
  }

  @Override
  public DeviceMemory staging(long bytes) {
    call("clCreateBuffer");
    return keep(inner.staging(bytes));
  }

  @Override
  public Optional<DeviceMemory> wrap(MemorySegment host, long bytes) {
    Optional<DeviceMemory> wrap = inner.wrap(host, bytes);
    wrap.ifPresent(this::keep);
    return wrap;
  }

  @Override
  public void toDevice(DeviceMemory memory, long bytes) {
    call("clEnqueueWriteBuffer");
    inner.toDevice(memory, bytes);
  }

  @Override
  public void toHost(DeviceMemory memory, long bytes) {
    call("clEnqueueReadBuffer");
    inner.toHost(memory, bytes);
  }

  @Override
  public void write(DeviceMemory to, long at, MemorySegment from) {
    call("clEnqueueWriteBuffer");
    inner.write(to, at, from);
  }

  @Override
  public void read(DeviceMemory from, long at, MemorySegment to) {
    call("clEnqueueReadBuffer");
    inner.read(from, at, to);
  }

  @Override
  public void copy(DeviceMemory from, DeviceMemory to, long bytes) {
    call("clEnqueueCopyBuffer");
    inner.copy(from, to, bytes);
  }

  @Override
  public DeviceFunction function(KernelSource source, String name) {
    call("clCreateKernel");
    DeviceFunction function = inner.function(source, name);
    return new DeviceFunction() {
      @Override
      public DeviceFunction memory(DeviceMemory memory) {
        function.memory(memory);
        return this;
      }

      @Override
      public DeviceFunction number(long value) {
        function.number(value);
        return this;
      }

      @Override
      public void launch(long groups) {
        call("clEnqueueNDRangeKernel");
        function.launch(groups);
      }
    };
  }

  @Override
  public void finish() {
    call("clFinish");
    inner.finish();
  }
}
