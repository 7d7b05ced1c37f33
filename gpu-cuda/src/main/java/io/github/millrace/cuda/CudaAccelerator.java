package io.github.millrace.cuda;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.millrace.gpu.Accelerator;
import io.github.millrace.gpu.DeviceFunction;
import io.github.millrace.gpu.DeviceMemory;
import io.github.millrace.gpu.GpuBlock;
import io.github.millrace.gpu.KernelSource;
import io.github.millrace.gpu.Limits;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.signal.SignalBuffer;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The streams of a CUDA device: one for launches, and one each way for samples, which travel by
 * pinned memory. Every call first makes the context the calling thread's.
 */
final class CudaAccelerator implements Accelerator {

  /** Streams that do not wait for the one that others in the process may use. */
  private static final int NON_BLOCKING = 1;

  /** Bytes of a plane from which a copy of its own costs less than one more stop; unmeasured. */
  private static final long LEAST_BYTES = 16 << 10;

  private final CudaDevice device;
  private final Limits limits;
  private final CudaDriver driver;
  private final CudaContext context;
  private final List<Long> streams = new ArrayList<>();
  private final Set<CudaMemory> memories = ConcurrentHashMap.newKeySet();
  private final List<CudaFunction> functions = new ArrayList<>();
  private final Recording recording;
  private final Arena arguments = Arena.ofShared();
  private final long queue;
  private final long up;
  private final long down;
  private final CudaTransfer toDevice;
  private final CudaTransfer toHost;
  private boolean closed;

  /** Opens the streams. */
  CudaAccelerator(CudaDevice device) {
    this(device, device.limits());
  }

  /** Opens the streams for kernels that keep to other limits. */
  CudaAccelerator(CudaDevice device, Limits limits) {
    this.device = device;
    this.limits = limits;
    driver = device.driver();
    context = device.context();
    try {
      queue = open();
      up = open();
      down = open();
      toDevice = new CudaTransfer(context, up, true);
      toHost = new CudaTransfer(context, down, false);
      recording = new Recording(this, context, queue);
    } catch (BackendException e) {
      close();
      throw e;
    }
  }

  private long open() {
    long stream = create(CudaCall.OPEN_STREAM, "cuStreamCreate", NON_BLOCKING);
    streams.add(stream);
    return stream;
  }

  /** What a call writes to where its first argument points. */
  private long create(CudaCall call, String text, Object... others) {
    context.makeCurrent();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG);
      Object[] all = new Object[others.length + 1];
      all[0] = out.address();
      System.arraycopy(others, 0, all, 1, others.length);
      context.check(driver.call(call, all), text);
      return out.get(JAVA_LONG, 0);
    }
  }

  @Override
  public DeviceDescription info() {
    return device.info();
  }

  @Override
  public Limits limits() {
    return limits;
  }

  @Override
  public DeviceMemory allocate(long bytes) {
    return keep(allocateOnDevice(bytes), bytes, MemorySegment.NULL);
  }

  private long allocateOnDevice(long bytes) {
    return create(CudaCall.ALLOCATE, "cuMemAlloc of " + bytes + " bytes", bytes);
  }

  private CudaMemory keep(long address, long bytes, MemorySegment host) {
    CudaMemory memory = new CudaMemory(this, address, bytes, host, true);
    memories.add(memory);
    return memory;
  }

  @Override
  public DeviceMemory staging(long bytes) {
    long address = allocateOnDevice(bytes);
    try {
      String text = "cuMemHostAlloc of " + bytes + " bytes";
      long host = create(CudaCall.ALLOCATE_HOST, text, bytes, 0);
      return keep(address, bytes, segment(host, bytes));
    } catch (BackendException e) {
      driver.call(CudaCall.FREE, address);
      throw e;
    }
  }

  @SuppressWarnings("restricted") // memory that the driver says is there
  private static MemorySegment segment(long address, long bytes) {
    return MemorySegment.ofAddress(address).reinterpret(bytes);
  }

  /** Whether its memory belongs to this context. */
  boolean isOf(CudaContext other) {
    return context.equals(other);
  }

  /** Frees memory; where the device is lost, its memory is lost too. */
  void free(CudaMemory memory, long host) {
    memories.remove(memory);
    context.tryCurrent();
    driver.call(CudaCall.FREE, memory.address());
    if (host != 0) {
      driver.call(CudaCall.FREE_HOST, host);
    }
  }

  @Override
  public Optional<DeviceMemory> wrap(MemorySegment host, long bytes) {
    return Optional.empty();
  }

  @Override
  public boolean sharesMemory() {
    return false;
  }

  @Override
  public void toDevice(DeviceMemory memory, long bytes) {
    CudaMemory to = (CudaMemory) memory;
    if (recording.isOn()) {
      recording.copyToDevice(to.address(), to.host().address(), bytes);
      return;
    }
    context.makeCurrent();
    toDevice.travel(to.host().address(), to.address(), bytes);
  }

  @Override
  public void toHost(DeviceMemory memory, long bytes) {
    CudaMemory from = (CudaMemory) memory;
    if (recording.isOn()) {
      recording.copyToHost(from.host().address(), from.address(), bytes);
      replay();
      return;
    }
    context.makeCurrent();
    toHost.travel(from.host().address(), from.address(), bytes);
  }

  @Override
  public MemorySegment hostMemory(Arena arena, long bytes) {
    return context.pinned().allocate(arena, bytes);
  }

  @Override
  public boolean uploadDirect(GpuBlock block, long frames) {
    long bytes = frames * block.type().bytes();
    if (recording.isOn() || bytes < LEAST_BYTES || !isPinned(block.host())) {
      return false;
    }
    context.makeCurrent();
    for (int plane = 0; plane < block.planes(); plane++) {
      context.check(
          driver.copyToDevice(onDevice(block, plane), onHost(block, plane), bytes, up),
          "cuMemcpyHtoDAsync");
    }
    context.check(driver.synchronize(up), "cuStreamSynchronize after cuMemcpyHtoDAsync");
    return true;
  }

  @Override
  public boolean downloadDirect(GpuBlock block, long frames) {
    long bytes = frames * block.type().bytes();
    if (recording.isOn() || bytes < LEAST_BYTES || !isPinned(block.host())) {
      return false;
    }
    context.makeCurrent();
    for (int plane = 0; plane < block.planes(); plane++) {
      context.check(
          driver.copyToHost(onHost(block, plane), onDevice(block, plane), bytes, down),
          "cuMemcpyDtoHAsync");
    }
    context.check(driver.synchronize(down), "cuStreamSynchronize after cuMemcpyDtoHAsync");
    return true;
  }

  /**
   * Whether the device may reach this memory by itself: it is page-locked, and stays where it is.
   */
  private boolean isPinned(SignalBuffer host) {
    return host.isHeldByUse() && context.pinned().holds(host.segment());
  }

  private static long onDevice(GpuBlock block, int plane) {
    return ((CudaMemory) block.ownMemory()).address()
        + plane * block.stride() * block.type().bytes();
  }

  private static long onHost(GpuBlock block, int plane) {
    SignalBuffer host = block.host();
    return host.segment().address()
        + plane * host.layout().strideBytes()
        + block.hostAt() * block.type().bytes();
  }

  @Override
  public void write(DeviceMemory to, long at, MemorySegment from) {
    toDevice.copy(from, ((CudaMemory) to).address() + at);
  }

  @Override
  public void read(DeviceMemory from, long at, MemorySegment to) {
    toHost.copy(to, ((CudaMemory) from).address() + at);
  }

  @Override
  public DeviceMemory adopt(long handle, long bytes) {
    context.requireMemory(handle, bytes);
    return new CudaMemory(this, handle, bytes, MemorySegment.NULL, false);
  }

  @Override
  public long context() {
    return context.handle();
  }

  @Override
  public boolean reaches(DeviceMemory memory) {
    return memory instanceof CudaMemory there && there.isOf(context);
  }

  @Override
  public void copy(DeviceMemory from, DeviceMemory to, long bytes) {
    long target = ((CudaMemory) to).address();
    context.makeCurrent();
    context.check(
        driver.copy(target, ((CudaMemory) from).address(), bytes, queue), "cuMemcpyDtoDAsync");
  }

  @Override
  public DeviceFunction function(KernelSource source, String name) {
    var entry = new CudaFunction.Entry(context.function(source, name), source.items(), name);
    CudaFunction function = new CudaFunction(this, functions.size(), entry, arguments);
    functions.add(function);
    return function;
  }

  /** The function that was made at this place in the row. */
  CudaFunction function(int index) {
    return functions.get(index);
  }

  /** Launches a function with the first arguments it holds, or remembers to. */
  void launch(CudaFunction function, int groups, int count) {
    if (recording.isOn()) {
      recording.launch(function, groups, count);
    } else {
      launch(function, groups);
    }
  }

  /** Launches a function with the arguments it holds. */
  void launch(CudaFunction function, int groups) {
    context.makeCurrent();
    context.check(
        driver.launch(function.handle(), groups, function.items(), queue, function.arguments()),
        function.call());
  }

  @Override
  public void record() {
    recording.begin();
  }

  @Override
  public void abandon() {
    recording.discard();
  }

  @Override
  public void replay() {
    if (recording.isOn()) {
      context.makeCurrent();
      recording.run();
      finish();
    }
  }

  @Override
  public void finish() {
    if (recording.isOn()) {
      return;
    }
    context.makeCurrent();
    context.check(driver.synchronize(queue), "cuStreamSynchronize after launches");
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    memories.forEach(CudaMemory::close);
    context.tryCurrent();
    if (recording != null) {
      recording.close();
      toDevice.close();
      toHost.close();
    }
    streams.forEach(stream -> driver.call(CudaCall.CLOSE_STREAM, stream));
    arguments.close();
    context.leave();
  }
}
