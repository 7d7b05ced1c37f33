package io.github.millrace.opencl;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks for OpenCL in the file system, without the backend. */
final class Drivers {

  private static final Path VENDORS = Path.of("/etc/OpenCL/vendors");

  private static final List<Path> LIBRARY_FOLDERS =
      List.of(
          Path.of("/usr/lib/x86_64-linux-gnu"),
          Path.of("/usr/lib/aarch64-linux-gnu"),
          Path.of("/usr/lib64"),
          Path.of("/usr/lib"));

  private Drivers() {}

  /** The loader of drivers. */
  static Optional<Path> library() {
    return LIBRARY_FOLDERS.stream()
        .map(folder -> folder.resolve("libOpenCL.so.1"))
        .filter(Files::exists)
        .findFirst();
  }

  /** Why there can be no OpenCL device, or empty where there must be one. */
  static Optional<String> absence() {
    if (library().isEmpty()) {
      return Optional.of("no libOpenCL.so.1");
    }
    try (var files = Files.list(VENDORS)) {
      return files.anyMatch(file -> file.toString().endsWith(".icd"))
          ? Optional.empty()
          : Optional.of("no .icd file in " + VENDORS);
    } catch (IOException e) {
      return Optional.of("no folder " + VENDORS);
    }
  }
}
