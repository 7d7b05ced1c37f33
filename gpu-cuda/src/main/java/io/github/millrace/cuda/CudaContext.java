package io.github.millrace.cuda;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.millrace.gpu.KernelSource;
import io.github.millrace.host.SignalDispositions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;

/**
 * A device's primary context and the modules loaded in it: they stay for the plans to come, until
 * an error that the context does not survive. Any thread.
 */
final class CudaContext {

  private static final int OUT_OF_MEMORY = 2;
  private static final int ERROR_LOG = 5;
  private static final int ERROR_LOG_BYTES = 6;
  private static final int DEVICE_ORDINAL = 9;
  private static final int LOG_BYTES = 8192;

  private final CudaDevice device;
  private final CudaDriver driver;
  private final long handle;
  private final Map<KernelSource, Long> modules = new HashMap<>();
  private final PinnedMemory pinned = new PinnedMemory(this);
  private int users;
  private volatile boolean lost;

  /** Retains the context of a device. */
  CudaContext(CudaDevice device) {
    this.device = device;
    driver = device.driver();
    try (Arena arena = Arena.ofConfined();
        var _ = SignalDispositions.keep()) {
      MemorySegment out = arena.allocate(JAVA_LONG);
      int code = driver.call(CudaCall.RETAIN_CONTEXT, out.address(), device.handle());
      if (code != 0) {
        throw device.failure("cuDevicePrimaryCtxRetain", code);
      }
      handle = out.get(JAVA_LONG, 0);
    }
  }

  /** Whether it is of no more use. */
  boolean isLost() {
    return lost;
  }

  /** Counts a user more. */
  synchronized void enter() {
    users++;
  }

  /** Counts a user less; the last one of a lost context gives it back, and with it its memory. */
  synchronized void leave() {
    users--;
    if (users == 0 && lost) {
      driver.call(CudaCall.RELEASE_CONTEXT, device.handle());
    }
  }

  /** Makes it the calling thread's. */
  void makeCurrent() {
    check(driver.setContext(handle), "cuCtxSetCurrent");
  }

  /** Makes it the calling thread's where that goes, before something is freed. */
  void tryCurrent() {
    driver.setContext(handle);
  }

  /** The driver's handle. */
  long handle() {
    return handle;
  }

  /**
   * Throws unless the device has memory at an address.
   *
   * @throws IllegalArgumentException that says what there is
   */
  void requireMemory(long address, long bytes) {
    makeCurrent();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG, 2);
      long start = out.address();
      int code = driver.call(CudaCall.POINTER_ATTRIBUTE, start, DEVICE_ORDINAL, address);
      String text = "0x" + Long.toHexString(address);
      if (code != 0 || out.get(JAVA_INT, 0) != device.info().index()) {
        throw new IllegalArgumentException(
            text
                + " is no memory of "
                + device.info().name()
                + (code == 0 ? ", but of device " + out.get(JAVA_INT, 0) : ""));
      }
      code = driver.call(CudaCall.ADDRESS_RANGE, start, start + Long.BYTES, address);
      long room = code == 0 ? out.get(JAVA_LONG, 0) + out.getAtIndex(JAVA_LONG, 1) - address : 0;
      if (room < bytes) {
        throw new IllegalArgumentException(
            "the memory at " + text + " has " + room + " bytes, the layout needs " + bytes);
      }
    }
  }

  /** What drives the device. */
  CudaDriver driver() {
    return driver;
  }

  /** The host's memory that samples reach quickest. */
  PinnedMemory pinned() {
    return pinned;
  }

  /** Throws if a call failed; the context survives want of memory, perhaps nothing else. */
  void check(int code, String call) {
    if (code != 0) {
      lost |= code != OUT_OF_MEMORY;
      throw device.failure(call, code);
    }
  }

  /** A function of a kernel file. */
  synchronized long function(KernelSource source, String name) {
    makeCurrent();
    Long module = modules.get(source);
    if (module == null) {
      module = load(source);
      modules.put(source, module);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG);
      long symbol = arena.allocateFrom(name).address();
      int code = driver.call(CudaCall.FUNCTION, out.address(), module, symbol);
      check(code, "cuModuleGetFunction of " + name);
      return out.get(JAVA_LONG, 0);
    }
  }

  private long load(KernelSource source) {
    try (Arena arena = Arena.ofConfined();
        var _ = SignalDispositions.keep()) {
      MemorySegment out = arena.allocate(JAVA_LONG);
      MemorySegment log = arena.allocate(LOG_BYTES);
      long ptx = arena.allocateFrom(PtxArchive.text(source)).address();
      long options = arena.allocateFrom(JAVA_INT, ERROR_LOG, ERROR_LOG_BYTES).address();
      long values = arena.allocateFrom(JAVA_LONG, log.address(), LOG_BYTES).address();
      int code = driver.call(CudaCall.LOAD_MODULE, out.address(), ptx, 2, options, values);
      String words = code == 0 ? "" : log.getString(0).strip();
      check(code, "cuModuleLoadDataEx of " + source.file() + (words.isEmpty() ? "" : ": " + words));
      return out.get(JAVA_LONG, 0);
    }
  }
}
