package io.github.millrace.opencl;

import io.github.millrace.host.PrivateFolder;
import io.github.millrace.host.SignalDispositions;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.Optional;
import org.jocl.CL;
import org.jocl.Sizeof;

/**
 * Loads JOCL and the OpenCL library once, and remembers why that failed: after a first failure the
 * JVM only says that it knows no such class.
 */
final class ClLibrary {

  /** Set to {@code off} on the Java command line, no OpenCL library is loaded. */
  static final String SWITCH = "millrace.opencl";

  private static final String NATIVE = "JOCL_2_0_6-";

  /** Says what was found at the first question. */
  private static final class Once {
    static final Optional<String> ABSENCE = load();
  }

  private ClLibrary() {}

  /** Why there is no OpenCL library here, or empty if there is one. */
  static Optional<String> absence() {
    return "off".equals(System.getProperty(SWITCH))
        ? Optional.of("switched off by -D" + SWITCH + "=off")
        : Once.ABSENCE;
  }

  private static Optional<String> load() {
    try (var _ = SignalDispositions.keepWatched()) {
      probe();
      JoclLoader.load(unpacked());
      CL.setExceptionsEnabled(true);
      return Optional.empty();
    } catch (LinkageError | IOException | IllegalArgumentException e) {
      return Optional.of("no OpenCL library: " + firstLine(e));
    }
  }

  /** JOCL would say on standard output, where samples or JSON may go, that there is no library. */
  @SuppressWarnings("restricted")
  private static void probe() {
    if (System.getProperty("os.name").startsWith("Linux")) {
      SymbolLookup.libraryLookup("libOpenCL.so.1", Arena.global());
    }
  }

  private static Path unpacked() throws IOException {
    String name = System.mapLibraryName(NATIVE + platform());
    return PrivateFolder.file("jocl-2.0.6", name, resource("/lib/" + name));
  }

  /** As JOCL names it. */
  private static String platform() {
    String system = System.getProperty("os.name");
    String named =
        system.startsWith("Mac") ? "apple" : system.startsWith("Win") ? "windows" : "linux";
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    return named + (arm ? "-arm64" : "-x86_64");
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = Sizeof.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("JOCL has no " + name);
      }
      return in.readAllBytes();
    }
  }

  private static String firstLine(Throwable e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String message = String.valueOf(cause.getMessage()).strip();
    return message.lines().findFirst().orElse(cause.getClass().getSimpleName());
  }
}
