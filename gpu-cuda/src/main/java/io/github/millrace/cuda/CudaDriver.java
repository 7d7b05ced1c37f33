package io.github.millrace.cuda;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.millrace.plan.BackendException;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The CUDA driver, all its functions found before the first is called. What happens block by block
 * has methods of its own, which allocate nothing; the rest goes by {@link #call}. Any thread.
 *
 * <p>System property {@code millrace.cuda}: {@code off}, or the path of a library to load instead
 * of the system's driver.
 */
final class CudaDriver {

  static final String SWITCH = "millrace.cuda";

  private static final String OFF = "off";
  private static final String LIBRARY = "libcuda.so.1";

  /** CUDA 12.0, the first that loads PTX 8.0. */
  private static final int OLDEST = 12_000;

  // Constants, so that a call is compiled into its caller and needs no memory.
  private static final MethodHandle SET_CONTEXT = handle(CudaCall.SET_CONTEXT);
  private static final MethodHandle COPY = handle(CudaCall.COPY);
  private static final MethodHandle SYNCHRONIZE = handle(CudaCall.SYNCHRONIZE);
  private static final MethodHandle LAUNCH_GRAPH = handle(CudaCall.LAUNCH_GRAPH);
  private static final MethodHandle LAUNCH = handle(CudaCall.LAUNCH);

  private final Map<CudaCall, MemorySegment> functions = new EnumMap<>(CudaCall.class);
  private final MemorySegment setContext;
  private final MemorySegment copyToDevice;
  private final MemorySegment copyToHost;
  private final MemorySegment copy;
  private final MemorySegment synchronize;
  private final MemorySegment launch;
  private final MemorySegment launchGraph;
  private final int version;

  private CudaDriver(SymbolLookup symbols) {
    List<String> missing =
        Arrays.stream(CudaCall.values())
            .map(call -> call.symbol)
            .filter(symbol -> symbols.find(symbol).isEmpty())
            .toList();
    if (!missing.isEmpty()) {
      throw new BackendException(
          "the driver's library lacks "
              + String.join(", ", missing)
              + ": it is older than CUDA "
              + text(OLDEST));
    }
    for (CudaCall call : CudaCall.values()) {
      functions.put(call, symbols.findOrThrow(call.symbol));
    }
    setContext = functions.get(CudaCall.SET_CONTEXT);
    copyToDevice = functions.get(CudaCall.COPY_TO_DEVICE);
    copyToHost = functions.get(CudaCall.COPY_TO_HOST);
    copy = functions.get(CudaCall.COPY);
    synchronize = functions.get(CudaCall.SYNCHRONIZE);
    launch = functions.get(CudaCall.LAUNCH);
    launchGraph = functions.get(CudaCall.LAUNCH_GRAPH);
    version = version();
  }

  /**
   * Loads a driver.
   *
   * @param choice {@code off}, a path, or empty for the system's
   * @throws BackendException that says why there is none, or none that serves
   */
  static CudaDriver load(String choice) {
    if (choice.equals(OFF)) {
      throw new BackendException("switched off by -D" + SWITCH + "=" + OFF);
    }
    CudaDriver driver = new CudaDriver(open(choice));
    if (driver.version < OLDEST) {
      throw new BackendException(
          "the driver is for CUDA "
              + text(driver.version)
              + ", Millrace needs one for CUDA "
              + text(OLDEST)
              + " or later");
    }
    driver.require(driver.call(CudaCall.INIT, 0), "cuInit");
    return driver;
  }

  @SuppressWarnings("restricted") // the system's driver, or a library the user names
  private static SymbolLookup open(String choice) {
    try {
      return choice.isEmpty()
          ? SymbolLookup.libraryLookup(LIBRARY, Arena.global())
          : SymbolLookup.libraryLookup(Path.of(choice).toAbsolutePath(), Arena.global());
    } catch (IllegalArgumentException e) {
      String name = choice.isEmpty() ? LIBRARY : choice;
      throw new BackendException("no CUDA driver: " + name + " cannot be loaded", e);
    }
  }

  /** Calls a function of this type, whose address is the first argument. */
  @SuppressWarnings("restricted") // the types are those of the driver's header
  private static MethodHandle handle(CudaCall call) {
    return Linker.nativeLinker().downcallHandle(call.type());
  }

  private int version() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_INT);
      require(call(CudaCall.DRIVER_VERSION, out.address()), "cuDriverGetVersion");
      return out.get(JAVA_INT, 0);
    }
  }

  /** The version of CUDA that the driver is for, such as 13.0. */
  String versionText() {
    return text(version);
  }

  private static String text(int version) {
    return version / 1000 + "." + version % 1000 / 10;
  }

  /** Throws what a call that belongs to no device yet failed with. */
  private void require(int code, String call) {
    if (code != 0) {
      throw new BackendException(call + " failed: " + describe(code));
    }
  }

  /** The name of an error code and what it means. */
  String describe(int code) {
    String name = errorText(CudaCall.ERROR_NAME, code);
    return (name.isEmpty() ? "CUDA error " + code : name)
        + " ("
        + errorText(CudaCall.ERROR_STRING, code)
        + ")";
  }

  @SuppressWarnings("restricted") // a constant string of the driver
  private String errorText(CudaCall call, int code) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(JAVA_LONG);
      int failed = call(call, code, out.address());
      long text = out.get(JAVA_LONG, 0);
      return failed != 0 || text == 0
          ? ""
          : MemorySegment.ofAddress(text).reinterpret(1024).getString(0);
    }
  }

  /** Any function, with an {@code Integer} or a {@code Long} for each argument. */
  int call(CudaCall call, Object... arguments) {
    try {
      return (int) handle(call).bindTo(functions.get(call)).invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Makes a context the calling thread's. */
  int setContext(long context) {
    try {
      return (int) SET_CONTEXT.invokeExact(setContext, context);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Copies from pinned memory to the device's. */
  int copyToDevice(long device, long host, long bytes, long stream) {
    try {
      return (int) COPY.invokeExact(copyToDevice, device, host, bytes, stream);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Copies from the device's memory to pinned memory. */
  int copyToHost(long host, long device, long bytes, long stream) {
    try {
      return (int) COPY.invokeExact(copyToHost, host, device, bytes, stream);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Copies from one memory of the device to another. */
  int copy(long to, long from, long bytes, long stream) {
    try {
      return (int) COPY.invokeExact(copy, to, from, bytes, stream);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Waits for a stream. */
  int synchronize(long stream) {
    try {
      return (int) SYNCHRONIZE.invokeExact(synchronize, stream);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * Launches groups of items in one dimension.
   *
   * @param arguments address of the addresses of the arguments
   */
  int launch(long function, int groups, int items, long stream, long arguments) {
    try {
      return (int)
          LAUNCH.invokeExact(launch, function, groups, 1, 1, items, 1, 1, 0, stream, arguments, 0L);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /** Launches all of a graph. */
  int launchGraph(long executable, long stream) {
    try {
      return (int) LAUNCH_GRAPH.invokeExact(launchGraph, executable, stream);
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static IllegalStateException unexpected(Throwable e) {
    return new IllegalStateException("a call of the CUDA driver was not made: " + e, e);
  }
}
