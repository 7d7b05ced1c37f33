package io.github.millrace.opencl;

import io.github.millrace.gpu.Accelerator;
import io.github.millrace.gpu.DeviceFunction;
import io.github.millrace.gpu.DeviceMemory;
import io.github.millrace.gpu.KernelSource;
import io.github.millrace.gpu.Limits;
import io.github.millrace.plan.DeviceDescription;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** A driver that does all by another. */
abstract class ThroughAccelerator implements Accelerator {

  final Accelerator inner;

  ThroughAccelerator(Accelerator inner) {
    this.inner = inner;
  }

  @Override
  public DeviceDescription info() {
    return inner.info();
  }

  @Override
  public Limits limits() {
    return inner.limits();
  }

  @Override
  public DeviceMemory allocate(long bytes) {
    return inner.allocate(bytes);
  }

  @Override
  public DeviceMemory staging(long bytes) {
    return inner.staging(bytes);
  }

  @Override
  public Optional<DeviceMemory> wrap(MemorySegment host, long bytes) {
    return inner.wrap(host, bytes);
  }

  @Override
  public boolean sharesMemory() {
    return inner.sharesMemory();
  }

  @Override
  public void toDevice(DeviceMemory memory, long bytes) {
    inner.toDevice(memory, bytes);
  }

  @Override
  public void toHost(DeviceMemory memory, long bytes) {
    inner.toHost(memory, bytes);
  }

  @Override
  public void write(DeviceMemory to, long at, MemorySegment from) {
    inner.write(to, at, from);
  }

  @Override
  public void read(DeviceMemory from, long at, MemorySegment to) {
    inner.read(from, at, to);
  }

  @Override
  public DeviceMemory adopt(long handle, long bytes) {
    return inner.adopt(handle, bytes);
  }

  @Override
  public long context() {
    return inner.context();
  }

  @Override
  public boolean reaches(DeviceMemory memory) {
    return inner.reaches(memory);
  }

  @Override
  public void copy(DeviceMemory from, DeviceMemory to, long bytes) {
    inner.copy(from, to, bytes);
  }

  @Override
  public DeviceFunction function(KernelSource source, String name) {
    return inner.function(source, name);
  }

  @Override
  public void finish() {
    inner.finish();
  }

  @Override
  public void close() {
    inner.close();
  }
}
