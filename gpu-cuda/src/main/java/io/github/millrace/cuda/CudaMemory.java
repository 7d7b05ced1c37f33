package io.github.millrace.cuda;

import io.github.millrace.gpu.DeviceMemory;
import java.lang.foreign.MemorySegment;

/** Memory of a CUDA device, with or without a pinned host side. */
final class CudaMemory implements DeviceMemory {

  private final CudaAccelerator accelerator;
  private final long address;
  private final long bytes;
  private final MemorySegment host;
  private final boolean owned;
  private boolean closed;

  /**
   * Memory of the device.
   *
   * @param host the host side, or the null segment
   * @param owned whether to free it: it was just allocated
   */
  CudaMemory(
      CudaAccelerator accelerator, long address, long bytes, MemorySegment host, boolean owned) {
    this.accelerator = accelerator;
    this.address = address;
    this.bytes = bytes;
    this.host = host;
    this.owned = owned;
  }

  /** Whether it belongs to this context. */
  boolean isOf(CudaContext context) {
    return accelerator.isOf(context);
  }

  /** Where the device has it. */
  long address() {
    return address;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public MemorySegment host() {
    if (host.address() == 0) {
      throw new IllegalStateException("this memory has no host side");
    }
    return host;
  }

  @Override
  public void close() {
    if (owned && !closed) {
      closed = true;
      accelerator.free(this, host.address());
    }
  }
}
