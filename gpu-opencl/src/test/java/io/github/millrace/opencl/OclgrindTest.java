package io.github.millrace.opencl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kernel on the Oclgrind device, which reports races, bad accesses and misuse of the API. */
class OclgrindTest {

  private static final Path DRIVER = Path.of("/usr/lib/oclgrind/liboclgrind-rt-icd.so");

  private static final Path KERNELS =
      Path.of(System.getProperty("millrace.root", "..")).resolve("kernels");

  private static final Pattern KERNEL = Pattern.compile("KERNEL void (\\w+)\\(");

  @TempDir Path folder;

  @BeforeEach
  void requireOclgrind() {
    Assumptions.assumeTrue(Files.exists(DRIVER), "no " + DRIVER);
  }

  @Test
  void noKernelIsReported() throws Exception {
    ChildJvm.Output output = run(System.getProperty("java.class.path"));
    assertEquals("", output.err());
    List<String> lines = output.out().lines().toList();
    lines.stream().filter(line -> line.startsWith("#")).forEach(System.out::println);
    Set<String> launched =
        lines.stream()
            .filter(line -> !line.startsWith("#"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(everyKernel(), launched);
  }

  /** Every kernel of the folder, in every arithmetic: the types SAMPLE, REAL and STATE. */
  private static Set<String> everyKernel() throws IOException {
    Set<String> all = new TreeSet<>();
    try (Stream<Path> files = Files.list(KERNELS)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".cl")).toList()) {
        Matcher kernel = KERNEL.matcher(Files.readString(file));
        while (kernel.find()) {
          for (String types : List.of("float double", "float float", "double double")) {
            all.add(types + " double " + kernel.group(1));
          }
        }
      }
    }
    return all;
  }

  /** Without its first barrier a sum reads input that others have not yet stored. */
  @Test
  void aPlantedRaceIsReported() throws Exception {
    Path kernels = folder.resolve("classes/io/github/millrace/opencl");
    Files.createDirectories(kernels);
    String text;
    try (var in = OpenClBackend.class.getResourceAsStream("fir.cl")) {
      text = new String(in.readAllBytes(), UTF_8);
    }
    String planted = text.replaceFirst("BARRIER;", "");
    assertNotEquals(text, planted);
    Files.writeString(kernels.resolve("fir.cl"), planted);
    String path = folder.resolve("classes") + File.pathSeparator;
    String report = run(path + System.getProperty("java.class.path"), "fir").err();
    assertTrue(report.contains("race"), report);
  }

  private ChildJvm.Output run(String classPath, String... cases)
      throws IOException, InterruptedException {
    Path vendors = Files.createDirectories(folder.resolve("vendors"));
    Files.writeString(vendors.resolve("oclgrind.icd"), DRIVER.toString());
    Map<String, String> environment =
        Map.of(
            "OCL_ICD_VENDORS", vendors.toString(),
            "OCLGRIND_DATA_RACES", "1",
            "OCLGRIND_CHECK_API", "1");
    List<String> words =
        Stream.concat(Stream.of(OclgrindRun.class.getName()), Arrays.stream(cases)).toList();
    ChildJvm.Output output = ChildJvm.run(folder, classPath, environment, words);
    assertEquals(0, output.exit(), output.err());
    return output;
  }
}
