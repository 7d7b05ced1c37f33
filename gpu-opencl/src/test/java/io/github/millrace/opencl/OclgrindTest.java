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
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every kernel on the Oclgrind device, which reports races, bad accesses and misuse of the API. */
class OclgrindTest {

  private static final Path DRIVER = Path.of("/usr/lib/oclgrind/liboclgrind-rt-icd.so");

  @TempDir Path folder;

  @BeforeEach
  void requireOclgrind() {
    Assumptions.assumeTrue(Files.exists(DRIVER), "no " + DRIVER);
  }

  @Test
  void noKernelIsReported() throws Exception {
    assertEquals("", report(System.getProperty("java.class.path")));
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
    String report = report(path + System.getProperty("java.class.path"), "fir");
    assertTrue(report.contains("race"), report);
  }

  /** What a run says on standard error. */
  private String report(String classPath, String... cases)
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
    return output.err();
  }
}
