package io.github.millrace.opencl;

import io.github.millrace.plan.PrivateFolder;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.jocl.CL;
import org.jocl.LibUtils;

/**
 * Loads JOCL and the OpenCL library once, and remembers why that failed: after a first failure the
 * JVM only says that it knows no such class.
 */
final class ClLibrary {

  /** Set to {@code off} on the Java command line, no OpenCL library is loaded. */
  static final String SWITCH = "millrace.opencl";

  private static final String NATIVE = "JOCL_2_0_6";

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
    try {
      probe();
      Path folder = PrivateFolder.ofUser("jocl-2.0.6");
      unpack(folder);
      loadFrom(folder);
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

  /** JOCL takes what lies in the temporary folder, where others may have put it. */
  private static void loadFrom(Path folder) {
    String temporary = System.getProperty("java.io.tmpdir");
    System.setProperty("java.io.tmpdir", folder.toString());
    try {
      CL.setExceptionsEnabled(true);
    } finally {
      System.setProperty("java.io.tmpdir", temporary);
    }
  }

  /** JOCL would write the file in place, where another process could load half of it. */
  private static void unpack(Path folder) throws IOException {
    String name = LibUtils.createLibraryFileName(LibUtils.createPlatformLibraryName(NATIVE));
    Path file = folder.resolve(name);
    if (Files.exists(file)) {
      return;
    }
    try (InputStream library = LibUtils.class.getResourceAsStream("/lib/" + name)) {
      if (library == null) {
        throw new IOException("JOCL has no " + name);
      }
      Path part = Files.createTempFile(folder, name, ".part");
      Files.copy(library, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static String firstLine(Throwable e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    String message = String.valueOf(cause.getMessage()).strip();
    return message.lines().findFirst().orElse(cause.getClass().getSimpleName());
  }
}
