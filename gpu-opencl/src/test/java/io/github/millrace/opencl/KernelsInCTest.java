package io.github.millrace.opencl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The device source as plain C under sanitizers, with threads for work-items, and as CUDA. */
class KernelsInCTest {

  private static final Path ROOT =
      Path.of(System.getProperty("millrace.root", "..")).toAbsolutePath().normalize();

  @TempDir Path copy;

  @ParameterizedTest
  @ValueSource(strings = {"plain", "address", "threads"})
  void kernelsPass(String step) throws Exception {
    requireCommand("gcc");
    Output output = run(ROOT, step);
    assertEquals(0, output.exit(), output.text());
  }

  @Test
  void kernelsCompileAsCuda() throws Exception {
    requireCommand("nvcc");
    Output output = run(ROOT, "cuda");
    assertEquals(0, output.exit(), output.text());
  }

  /** Without the barrier behind it, a tile is read while others still write it. */
  @Test
  void aPlantedRaceIsCaught() throws Exception {
    requireCommand("gcc");
    for (String folder : List.of("kernels", "gpu-opencl/src/test/c")) {
      Files.createDirectories(copy.resolve(folder));
      try (var files = Files.list(ROOT.resolve(folder))) {
        for (Path file : files.toList()) {
          Files.copy(file, copy.resolve(folder).resolve(file.getFileName()));
        }
      }
    }
    Path fir = copy.resolve("kernels/fir.cl");
    String text = Files.readString(fir);
    Files.writeString(fir, text.replaceFirst("BARRIER;", ""));
    assertNotEquals(text, Files.readString(fir));
    Output output = run(copy, "threads");
    assertNotEquals(0, output.exit(), output.text());
  }

  private static void requireCommand(String name) {
    boolean found =
        List.of(System.getenv("PATH").split(":")).stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    Assumptions.assumeTrue(found, "no " + name + " in PATH");
  }

  /**
   * What a script printed.
   *
   * @param exit its exit code
   */
  private record Output(int exit, String text) {}

  private static Output run(Path root, String step) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("bash", root.resolve("gpu-opencl/src/test/c/run.sh").toString(), step)
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Output(process.waitFor(), text);
  }
}
