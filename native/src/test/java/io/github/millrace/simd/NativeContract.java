package io.github.millrace.simd;

import io.github.millrace.backend.Backend;
import io.github.millrace.contract.BackendContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The contract on one variant of the library. */
abstract class NativeContract extends BackendContract {

  private final String variant;
  private final List<String> processorFlags;

  NativeContract(String variant, String... processorFlags) {
    this.variant = variant;
    this.processorFlags = List.of(processorFlags);
  }

  @Override
  protected Backend backend() {
    return new NativeBackend(NativeLibrary::get, variant);
  }

  @Override
  protected int tile() {
    return 1024;
  }

  /** Asks the compiler's presence and the kernel's list of processor flags, not the library. */
  @Override
  protected Optional<String> absence() {
    return missing(processorFlags.toArray(String[]::new));
  }

  /** The same for any variant. */
  static Optional<String> missing(String... processorFlags) {
    if (System.getProperty(NativeLibrary.SWITCH, "").equals("off")) {
      return Optional.of("the user asked for that");
    }
    if (!hasCompiler()) {
      return Optional.of("no C compiler in PATH");
    }
    String processor = " " + processor() + " ";
    return List.of(processorFlags).stream()
        .filter(flag -> !processor.contains(" " + flag + " "))
        .findFirst()
        .map(flag -> "this processor has no " + flag);
  }

  private static boolean hasCompiler() {
    return List.of(System.getenv("PATH").split(":")).stream()
        .anyMatch(
            folder ->
                List.of("cc", "gcc", "clang").stream()
                    .anyMatch(name -> Files.isExecutable(Path.of(folder, name))));
  }

  private static String processor() {
    try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines.filter(line -> line.startsWith("flags")).findFirst().orElse("");
    } catch (IOException e) {
      return "";
    }
  }
}
