package io.github.millrace.cuda;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The driver of {@code src/test/c}, built with gcc: it computes without a device. */
final class FakeDriver {

  static final long ROOM = 4L << 30;
  static final int VERSION = 13_000;

  private static final Path ROOT =
      Path.of(System.getProperty("millrace.root", "..")).toAbsolutePath().normalize();
  private static final Path SOURCES = ROOT.resolve("gpu-cuda/src/test/c");
  private static final Path KERNELS = ROOT.resolve("kernels");

  /** Built at the first question. */
  private static final class Once {
    static final FakeDriver DRIVER = new FakeDriver();
  }

  private final Path library;
  private final SymbolLookup symbols;

  @SuppressWarnings("restricted")
  private FakeDriver() {
    try {
      Path folder = ROOT.resolve("gpu-cuda/target/fake/" + digest());
      Files.createDirectories(folder);
      library = folder.resolve("libcuda.so.1");
      if (!Files.exists(library)) {
        build(folder);
      }
      symbols = SymbolLookup.libraryLookup(library, Arena.global());
      Arena arena = Arena.global();
      call(
          "fake_folders",
          arena.allocateFrom(KERNELS.toString()),
          arena.allocateFrom(SOURCES.toString()),
          arena.allocateFrom(folder.toString()));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private void build(Path folder) throws IOException, InterruptedException {
    Path part = Files.createTempFile(folder, "libcuda", ".so");
    run(
        "gcc",
        "-shared",
        "-fPIC",
        "-O1",
        "-g",
        "-Wall",
        "-Wextra",
        "-Werror",
        "-std=gnu11",
        "-Wno-unused-parameter",
        "driver.c",
        "machine.c",
        "modules.c",
        "-o",
        part.toString(),
        "-ldl",
        "-lpthread");
    Files.move(part, library, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  /** Runs a command where the sources are. */
  static void run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).directory(SOURCES.toFile()).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed:\n" + text);
    }
  }

  private static String digest() throws IOException {
    try (Stream<Path> kernels = Files.list(KERNELS);
        Stream<Path> sources = Files.list(SOURCES)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Path path : Stream.concat(kernels, sources).sorted().toList()) {
        digest.update(Files.readAllBytes(path));
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Why it cannot be built here; empty where it must. */
  static Optional<String> absence() {
    if (!Files.exists(SOURCES) || !Files.exists(KERNELS)) {
      return Optional.of("no sources of the CUDA driver without a device");
    }
    boolean found =
        List.of(System.getenv("PATH").split(":")).stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "gcc")));
    return found ? Optional.empty() : Optional.of("no gcc in PATH");
  }

  /** The driver as a machine without a fault. */
  static FakeDriver get() {
    FakeDriver driver = Once.DRIVER;
    driver.machine(1, VERSION, ROOM);
    driver.fail(Long.MAX_VALUE - 1, 0, false);
    return driver;
  }

  /** The driver with the faults that it was given. */
  static FakeDriver asItIs() {
    return Once.DRIVER;
  }

  /** Where the library is. */
  Path library() {
    return library;
  }

  /** Its devices. */
  CudaDiscovery discovery() {
    return new CudaDiscovery(library.toString());
  }

  /** A backend that has its devices. */
  CudaBackend backend() {
    CudaDiscovery discovery = discovery();
    return new CudaBackend(() -> discovery, CudaAccelerator::new);
  }

  /** So many devices, for this version of CUDA, of so many bytes each. */
  void machine(int devices, int version, long bytes) {
    call("fake_machine", devices, version, bytes);
  }

  /** Makes the call after {@code after} more fail, and where it sticks all that follow. */
  void fail(long after, int code, boolean sticks) {
    call("fake_fail", after, code, sticks ? 1 : 0);
  }

  /** Calls since {@link #fail}. */
  long calls() {
    return (long) call("fake_calls");
  }

  /** The call that was made to fail. */
  @SuppressWarnings("restricted")
  String failed() {
    return ((MemorySegment) call("fake_last")).reinterpret(64).getString(0);
  }

  /** Calls of a function so far. */
  long count(String name) {
    try (Arena arena = Arena.ofConfined()) {
      return (long) call("fake_count", arena.allocateFrom(name));
    }
  }

  /** Misuse that the driver saw so far. */
  long faults() {
    return (long) call("fake_faults");
  }

  /** How many memories, host memories, streams, graphs, contexts or modules there are. */
  long live(String kind) {
    try (Arena arena = Arena.ofConfined()) {
      return (long) call("fake_live", arena.allocateFrom(kind));
    }
  }

  @SuppressWarnings("restricted")
  private Object call(String name, Object... arguments) {
    MemoryLayout[] types =
        Stream.of(arguments).map(FakeDriver::layout).toArray(MemoryLayout[]::new);
    FunctionDescriptor type =
        switch (name) {
          case "fake_calls", "fake_count", "fake_faults", "fake_live" ->
              FunctionDescriptor.of(JAVA_LONG, types);
          case "fake_last" -> FunctionDescriptor.of(ADDRESS, types);
          default -> FunctionDescriptor.ofVoid(types);
        };
    try {
      return Linker.nativeLinker()
          .downcallHandle(symbols.findOrThrow(name), type)
          .invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException(name + " failed", e);
    }
  }

  private static MemoryLayout layout(Object argument) {
    return switch (argument) {
      case Integer _ -> JAVA_INT;
      case Long _ -> JAVA_LONG;
      default -> ADDRESS;
    };
  }
}
