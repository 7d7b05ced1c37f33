package io.github.millrace.opencl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** No driver keeps a signal that was the JVM's. */
@EnabledOnOs(OS.LINUX)
class DispositionsTest {

  private static final Path SOURCE =
      Path.of(System.getProperty("millrace.root", "..")).resolve("gpu-opencl/src/test/c");

  @TempDir Path folder;

  @BeforeEach
  void requireDriver() {
    Assumptions.assumeTrue(Drivers.absence().isEmpty(), () -> Drivers.absence().get());
  }

  /** LLVM within PoCL takes 14 signals when devices are counted. */
  @Test
  void theDriversOfThisMachine() throws Exception {
    requireKept(10_000, Map.of());
  }

  /** A driver that takes signals wherever one may: in its libraries, its compiler, its threads. */
  @Test
  void aDriverThatTakesThemAtEveryStep() throws Exception {
    Path gcc = Path.of("/usr/bin/gcc");
    Assumptions.assumeTrue(Files.exists(gcc), "no " + gcc);
    Path library = Files.createDirectory(folder.resolve("greedy")).resolve("libOpenCL.so.1");
    compile(gcc, library);
    Map<String, String> environment =
        Map.of(
            "LD_LIBRARY_PATH", library.getParent().toString(),
            "REAL_OPENCL", Drivers.library().orElseThrow().toString());
    List<String> compiled = requireKept(0, environment);
    for (String call :
        List.of(
            "clGetPlatformIDs",
            "clGetDeviceIDs",
            "clCreateContext",
            "clCreateCommandQueue",
            "clBuildProgram",
            "clCreateKernel",
            "clEnqueueNDRangeKernel",
            "clFinish")) {
      assertTrue(compiled.contains("took signals in " + call), call + " took none: " + compiled);
    }
    List<String> cached = requireKept(0, environment);
    assertTrue(cached.contains("took signals in clCreateProgramWithBinary"), cached.toString());
  }

  private static void compile(Path gcc, Path library) throws IOException, InterruptedException {
    Process compiler =
        new ProcessBuilder(
                gcc.toString(),
                "-shared",
                "-fPIC",
                "-Wall",
                "-Wextra",
                "-o",
                library.toString(),
                SOURCE.resolve("greedy_opencl.c").toString(),
                "-ldl")
            .redirectErrorStream(true)
            .start();
    String words = new String(compiler.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, compiler.waitFor(), words);
    assertEquals("", words);
  }

  private List<String> requireKept(int safepoints, Map<String, String> environment)
      throws Exception {
    ChildJvm.Output output =
        ChildJvm.run(
            folder,
            System.getProperty("java.class.path"),
            environment,
            List.of(DispositionsRun.class.getName(), Integer.toString(safepoints)));
    assertEquals(0, output.exit(), output.out() + output.err());
    List<String> steps = output.out().lines().filter(line -> !line.startsWith("device: ")).toList();
    assertEquals(
        List.of("discovery", "build", "first run", "second run", "close", "safepoints").stream()
            .map(step -> step + ": changed []")
            .collect(Collectors.toList()),
        steps);
    return output.err().lines().toList();
  }
}
