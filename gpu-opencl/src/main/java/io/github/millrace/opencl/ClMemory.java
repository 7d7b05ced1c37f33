package io.github.millrace.opencl;

import static org.jocl.CL.clReleaseMemObject;

import io.github.millrace.gpu.DeviceMemory;
import java.lang.foreign.MemorySegment;
import org.jocl.Pointer;
import org.jocl.cl_context;
import org.jocl.cl_mem;

/** A buffer of an OpenCL device, with or without a host side. */
final class ClMemory implements DeviceMemory {

  private final cl_context context;
  private final cl_mem buffer;
  private final Pointer argument;
  private final long bytes;
  private final MemorySegment host;
  private final Pointer hostPointer;
  private final Runnable release;
  private boolean closed;

  /** A buffer without a host side. */
  ClMemory(cl_context context, cl_mem buffer, long bytes) {
    this(context, buffer, bytes, MemorySegment.NULL, null, () -> {});
  }

  /**
   * A buffer with a host side.
   *
   * @param release frees the host side
   */
  ClMemory(
      cl_context context,
      cl_mem buffer,
      MemorySegment host,
      Pointer hostPointer,
      Runnable release) {
    this(context, buffer, host.byteSize(), host, hostPointer, release);
  }

  private ClMemory(
      cl_context context,
      cl_mem buffer,
      long bytes,
      MemorySegment host,
      Pointer hostPointer,
      Runnable release) {
    this.context = context;
    this.buffer = buffer;
    argument = Pointer.to(buffer);
    this.bytes = bytes;
    this.host = host;
    this.hostPointer = hostPointer;
    this.release = release;
  }

  /** The context it belongs to. */
  cl_context context() {
    return context;
  }

  /** The driver's handle. */
  cl_mem buffer() {
    return buffer;
  }

  /** Where the handle lies, as a kernel's argument. */
  Pointer argument() {
    return argument;
  }

  /** Where the host side lies. */
  Pointer hostPointer() {
    return hostPointer;
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public MemorySegment host() {
    if (hostPointer == null) {
      throw new IllegalStateException("this memory has no host side");
    }
    return host;
  }

  /** Whether it has been freed. */
  boolean isClosed() {
    return closed;
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    ClAccelerator.ignoringLoss(() -> clReleaseMemObject(buffer));
    ClAccelerator.ignoringLoss(release);
  }
}
