package io.github.millrace.opencl;

import static org.jocl.CL.CL_MAP_READ;
import static org.jocl.CL.CL_MAP_WRITE;
import static org.jocl.CL.CL_MEM_ALLOC_HOST_PTR;
import static org.jocl.CL.CL_MEM_READ_WRITE;
import static org.jocl.CL.CL_MEM_USE_HOST_PTR;
import static org.jocl.CL.clCreateBuffer;
import static org.jocl.CL.clCreateCommandQueue;
import static org.jocl.CL.clCreateKernel;
import static org.jocl.CL.clEnqueueCopyBuffer;
import static org.jocl.CL.clEnqueueMapBuffer;
import static org.jocl.CL.clEnqueueReadBuffer;
import static org.jocl.CL.clEnqueueUnmapMemObject;
import static org.jocl.CL.clEnqueueWriteBuffer;
import static org.jocl.CL.clFinish;
import static org.jocl.CL.clReleaseCommandQueue;
import static org.jocl.CL.clReleaseMemObject;

import io.github.millrace.gpu.Accelerator;
import io.github.millrace.gpu.DeviceFunction;
import io.github.millrace.gpu.DeviceMemory;
import io.github.millrace.gpu.KernelSource;
import io.github.millrace.gpu.Limits;
import io.github.millrace.host.SignalDispositions;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.DeviceDescription;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jocl.CL;
import org.jocl.CLException;
import org.jocl.Pointer;
import org.jocl.cl_command_queue;
import org.jocl.cl_mem;

/** The command queues of an OpenCL device: one for launches, and one each way for samples. */
final class ClAccelerator implements Accelerator {

  /** A page: where a device shares the host's memory, drivers want their buffers so. */
  private static final long PAGE = 4096;

  private final ClDevice device;
  private final Staging staging;
  private final ClContext context;
  private final cl_command_queue queue;
  private final cl_command_queue up;
  private final cl_command_queue down;
  private final List<cl_command_queue> queues = new ArrayList<>();
  private final List<ClFunction> functions = new ArrayList<>();
  private final Set<ClMemory> memories = ConcurrentHashMap.newKeySet();
  private boolean closed;

  /** How samples come to a device and go. */
  enum Staging {
    /** Not at all: the device works in the host's memory. */
    SHARED,
    /** From memory of the driver's that copies quickly. */
    PINNED,
    /** From memory as it is. */
    PAGEABLE;

    /** What suits a device. */
    static Staging of(ClDevice device) {
      return device.sharesMemory() ? SHARED : device.limits().cpu() ? PAGEABLE : PINNED;
    }
  }

  /** Opens the queues; where memory is shared, one serves for all. */
  ClAccelerator(ClDevice device, Staging staging) {
    this.device = device;
    this.staging = staging;
    context = context(device);
    try (var _ = SignalDispositions.keep()) {
      queue = open();
      up = sharesMemory() ? queue : open();
      down = sharesMemory() ? queue : open();
    } catch (CLException e) {
      release();
      throw failure("clCreateCommandQueue", e);
    }
  }

  private ClContext context(ClDevice of) {
    try {
      return ClContext.of(of);
    } catch (CLException e) {
      throw failure("clCreateContext", e);
    }
  }

  @SuppressWarnings("deprecation") // the call that replaces it is not in OpenCL 1.2
  private cl_command_queue open() {
    cl_command_queue opened = clCreateCommandQueue(context.handle(), device.id(), 0, null);
    queues.add(opened);
    return opened;
  }

  /** The driver's handle. */
  cl_command_queue queue() {
    return queue;
  }

  @Override
  public DeviceDescription info() {
    return device.info();
  }

  @Override
  public Limits limits() {
    return device.limits();
  }

  @Override
  public boolean sharesMemory() {
    return staging == Staging.SHARED;
  }

  @Override
  public DeviceMemory allocate(long bytes) {
    return keep(new ClMemory(context.handle(), create(CL_MEM_READ_WRITE, bytes, null), bytes));
  }

  @Override
  public DeviceMemory staging(long bytes) {
    return keep(staging == Staging.PINNED ? pinnedWindow(bytes) : hostWindow(bytes));
  }

  /** Remembers what is open, for {@link #close}. */
  private ClMemory keep(ClMemory memory) {
    memories.removeIf(ClMemory::isClosed);
    memories.add(memory);
    return memory;
  }

  private ClMemory hostWindow(long bytes) {
    Arena arena = Arena.ofShared();
    try {
      MemorySegment host = HostMemory.allocate(arena, bytes, PAGE);
      Pointer pointer = pointer(host);
      boolean shared = staging == Staging.SHARED;
      long flags = CL_MEM_READ_WRITE | (shared ? CL_MEM_USE_HOST_PTR : 0);
      cl_mem buffer = create(flags, bytes, shared ? pointer : null);
      return new ClMemory(context.handle(), buffer, host, pointer, arena::close);
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  /** A second buffer, mapped for good and never seen by a kernel, is memory that copies quickly. */
  private ClMemory pinnedWindow(long bytes) {
    cl_mem pinned = create(CL_MEM_READ_WRITE | CL_MEM_ALLOC_HOST_PTR, bytes, null);
    try {
      ByteBuffer mapped = map(pinned, bytes);
      MemorySegment host = MemorySegment.ofBuffer(mapped);
      cl_mem buffer = create(CL_MEM_READ_WRITE, bytes, null);
      return new ClMemory(
          context.handle(),
          buffer,
          host.fill((byte) 0),
          Pointer.to(mapped),
          () -> unmap(pinned, mapped));
    } catch (RuntimeException | Error e) {
      clReleaseMemObject(pinned);
      throw e;
    }
  }

  /** A driver may keep a buffer for as long as it is mapped. */
  private void unmap(cl_mem pinned, ByteBuffer mapped) {
    ignoringLoss(() -> clEnqueueUnmapMemObject(queue, pinned, mapped, 0, null, null));
    clReleaseMemObject(pinned);
  }

  private ByteBuffer map(cl_mem pinned, long bytes) {
    try {
      long access = CL_MAP_READ | CL_MAP_WRITE;
      return clEnqueueMapBuffer(queue, pinned, true, access, 0, bytes, 0, null, null, null);
    } catch (CLException e) {
      throw failure("clEnqueueMapBuffer", e);
    }
  }

  @Override
  public Optional<DeviceMemory> wrap(MemorySegment host, long bytes) {
    if (staging != Staging.SHARED
        || !device.reaches(host.address(), bytes)
        || bytes > limits().largestAllocation()) {
      return Optional.empty();
    }
    MemorySegment part = host.asSlice(0, bytes);
    Pointer pointer = pointer(part);
    try {
      cl_mem buffer = create(CL_MEM_READ_WRITE | CL_MEM_USE_HOST_PTR, bytes, pointer);
      return Optional.of(keep(new ClMemory(context.handle(), buffer, part, pointer, () -> {})));
    } catch (BackendException e) {
      return Optional.empty();
    }
  }

  /** A direct buffer ends before 2 GiB; a pointer needs its start only. */
  private static Pointer pointer(MemorySegment host) {
    return Pointer.to(host.asSlice(0, Math.min(host.byteSize(), PAGE)).asByteBuffer());
  }

  private cl_mem create(long flags, long bytes, Pointer host) {
    try {
      return clCreateBuffer(context.handle(), flags, bytes, host, null);
    } catch (CLException e) {
      throw failure("clCreateBuffer of " + bytes + " bytes", e);
    }
  }

  @Override
  public void toDevice(DeviceMemory memory, long bytes) {
    ClMemory to = (ClMemory) memory;
    try {
      // JOCL makes an event object for every write that does not block
      clEnqueueWriteBuffer(up, to.buffer(), true, 0, bytes, to.hostPointer(), 0, null, null);
    } catch (CLException e) {
      throw failure("clEnqueueWriteBuffer", e);
    }
  }

  @Override
  public void toHost(DeviceMemory memory, long bytes) {
    ClMemory from = (ClMemory) memory;
    try {
      clEnqueueReadBuffer(down, from.buffer(), true, 0, bytes, from.hostPointer(), 0, null, null);
    } catch (CLException e) {
      throw failure("clEnqueueReadBuffer", e);
    }
  }

  @Override
  public void write(DeviceMemory to, long at, MemorySegment from) {
    cl_mem buffer = ((ClMemory) to).buffer();
    try {
      clEnqueueWriteBuffer(up, buffer, true, at, from.byteSize(), pointer(from), 0, null, null);
    } catch (CLException e) {
      throw failure("clEnqueueWriteBuffer", e);
    }
  }

  @Override
  public void read(DeviceMemory from, long at, MemorySegment to) {
    cl_mem buffer = ((ClMemory) from).buffer();
    try {
      clEnqueueReadBuffer(down, buffer, true, at, to.byteSize(), pointer(to), 0, null, null);
    } catch (CLException e) {
      throw failure("clEnqueueReadBuffer", e);
    }
  }

  @Override
  public DeviceMemory adopt(long handle, long bytes) {
    cl_mem foreign = ForeignMemory.of(handle, bytes, context.handle(), queue);
    return keep(new ClMemory(context.handle(), foreign, bytes));
  }

  @Override
  public long context() {
    return context.handle().getNativePointer();
  }

  @Override
  public boolean reaches(DeviceMemory memory) {
    return memory instanceof ClMemory there && there.context().equals(context.handle());
  }

  @Override
  public void copy(DeviceMemory from, DeviceMemory to, long bytes) {
    cl_mem source = ((ClMemory) from).buffer();
    try {
      clEnqueueCopyBuffer(queue, source, ((ClMemory) to).buffer(), 0, 0, bytes, 0, null, null);
    } catch (CLException e) {
      throw failure("clEnqueueCopyBuffer", e);
    }
  }

  @Override
  public DeviceFunction function(KernelSource source, String name) {
    try (var _ = SignalDispositions.keep()) {
      var kernel = clCreateKernel(context.program(source), name, null);
      ClFunction function = new ClFunction(this, kernel, name, source.items());
      functions.add(function);
      return function;
    } catch (CLException e) {
      throw failure("clCreateKernel of " + name, e);
    }
  }

  @Override
  public void finish() {
    try {
      clFinish(queue);
    } catch (CLException e) {
      throw failure("clFinish", e);
    }
  }

  /** What to throw where a call failed. */
  BackendException failure(String call, CLException e) {
    return new BackendException(
        "OpenCL device "
            + device.info().name()
            + ": "
            + call
            + " failed: "
            + CL.stringFor_errorCode(e.getStatus()),
        e);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      functions.forEach(ClFunction::close);
      memories.forEach(ClMemory::close);
      release();
    }
  }

  private void release() {
    queues.forEach(opened -> ignoringLoss(() -> clReleaseCommandQueue(opened)));
  }

  /** Frees something: where the device is lost, it is gone already. */
  static void ignoringLoss(Runnable call) {
    try {
      call.run();
    } catch (CLException e) {
      // Nothing is left to be done.
    }
  }
}
