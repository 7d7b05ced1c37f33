package io.github.millrace.cuda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.gpu.KernelCatalog;
import io.github.millrace.gpu.KernelSource;
import io.github.millrace.gpu.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The PTX in the jar is what the kernels compile to today, and valid on every device it is for. */
class PtxTest {

  private static final Path ROOT =
      Path.of(System.getProperty("millrace.root", "..")).toAbsolutePath().normalize();

  private static final int SKIPPED = 77;

  private static final Map<KernelSource, String> TEXTS =
      KernelCatalog.of(Limits.ofCuda(1, Long.MAX_VALUE)).stream()
          .collect(
              Collectors.toMap(
                  source -> source, PtxArchive::text, (a, _) -> a, LinkedHashMap::new));

  /** Everything a stage can ask for is there, and nothing else. */
  @Test
  void theArchivesHoldTheCatalog() throws IOException {
    Set<String> held = new TreeSet<>();
    for (String file : files()) {
      try (InputStream in = PtxArchive.class.getResourceAsStream(file + ".zip");
          ZipInputStream zip = new ZipInputStream(Objects.requireNonNull(in, file))) {
        for (ZipEntry at = zip.getNextEntry(); at != null; at = zip.getNextEntry()) {
          held.add(file + " " + at.getName());
        }
      }
    }
    Set<String> expected = new TreeSet<>();
    files().forEach(file -> expected.add(file + " " + PtxArchive.MADE_BY));
    TEXTS.keySet().forEach(source -> expected.add(source.file() + " " + source.definitions()));
    assertEquals(expected, held);
  }

  private static Set<String> files() {
    return TEXTS.keySet().stream().map(KernelSource::file).collect(Collectors.toSet());
  }

  /** Drivers for CUDA 12 and 13 take it, and each file has all its kernels. */
  @Test
  void versionTargetAndKernels() throws IOException {
    for (var entry : TEXTS.entrySet()) {
      String text = entry.getValue();
      assertTrue(text.contains("\n.version 8.0\n.target sm_75\n"), entry.getKey()::toString);
      Path kernels = ROOT.resolve("kernels/" + entry.getKey().file() + ".cl");
      assertEquals(
          names("(?m)^KERNEL void (\\w+)", Files.readString(kernels)),
          names("(?m)^\\.visible \\.entry (\\w+)", text));
    }
  }

  private static Set<String> names(String pattern, String text) {
    return Pattern.compile(pattern)
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** As the OpenCL kernels are built: float32 subnormals are zero, products and sums fuse. */
  @Test
  void float32FlushesSubnormals() {
    TEXTS.forEach(
        (source, text) -> {
          assertEquals(0, text.lines().filter(PtxTest::keepsSubnormals).count(), source::toString);
          assertEquals(false, text.contains(".approx"), source::toString);
        });
    assertTrue(TEXTS.values().stream().anyMatch(text -> text.contains("fma.rn.ftz.f32")));
    assertTrue(TEXTS.values().stream().anyMatch(text -> text.contains("fma.rn.f64")));
  }

  private static boolean keepsSubnormals(String line) {
    return line.matches("\\s*(add|sub|mul|fma)(\\.rn)?\\.f32 .*");
  }

  /** All of it for the target itself, one of each file for the devices that came later. */
  @Test
  void everythingAssembles() throws IOException {
    Assembler.absence().ifPresent(Assumptions::abort);
    assertEquals("12.0", Assembler.version());
    Set<String> seen = new TreeSet<>();
    TEXTS.entrySet().parallelStream()
        .forEach(
            entry ->
                assertEquals("", Assembler.complaint(entry.getValue(), "sm_75"), entry::toString));
    for (var entry : TEXTS.entrySet()) {
      if (seen.add(entry.getKey().file())) {
        for (String target : List.of("sm_80", "sm_90")) {
          assertEquals("", Assembler.complaint(entry.getValue(), target), entry::toString);
        }
      }
    }
  }

  @Test
  void aBadTextIsCaught() throws IOException {
    Assembler.absence().ifPresent(Assumptions::abort);
    Assembler.version();
    String text = TEXTS.values().iterator().next();
    assertTrue(Assembler.complaint(text.replace("ret;", "rte;"), "sm_75").contains("rte"));
    String newer = text.replace("version 8.0", "version 9.0");
    assertTrue(Assembler.complaint(newer, "sm_75").contains("9.0"));
  }

  @Test
  void theArchivesAreMadeFromTheseKernels() throws Exception {
    Output output = compilePtx("--fresh");
    assertEquals(0, output.exit(), output.text());
  }

  @Test
  void theSameCompilerMakesTheSame() throws Exception {
    boolean found =
        List.of(System.getenv("PATH").split(":")).stream()
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "nvcc")));
    Assumptions.assumeTrue(found, "no nvcc in PATH");
    Output output = compilePtx("--again");
    Assumptions.assumeFalse(output.exit() == SKIPPED, output.text());
    assertEquals(0, output.exit(), output.text());
  }

  /**
   * What the tool printed.
   *
   * @param exit its exit code
   */
  private record Output(int exit, String text) {}

  private static Output compilePtx(String option) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "--class-path",
                System.getProperty("java.class.path"),
                "tools/CompilePtx.java",
                option)
            .directory(ROOT.toFile())
            .redirectErrorStream(true)
            .start();
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Output(process.waitFor(), text);
  }
}
