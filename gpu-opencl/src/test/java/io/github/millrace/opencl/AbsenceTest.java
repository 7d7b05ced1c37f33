package io.github.millrace.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is missing is named, wherever it is asked for, and {@code auto} goes on without it. */
@EnabledOnOs(OS.LINUX)
class AbsenceTest {

  private static final Path POCL = Path.of("/etc/OpenCL/vendors/pocl.icd");

  @TempDir Path folder;

  /** A file that is no library stands where the loader looks first. */
  @Test
  void noLibrary() throws Exception {
    Path libraries = Files.createDirectories(folder.resolve("libraries"));
    Files.createFile(libraries.resolve("libOpenCL.so.1"));
    requireAbsent(
        Map.of("LD_LIBRARY_PATH", libraries.toString()),
        "no OpenCL library: Cannot open library: libOpenCL.so.1");
  }

  @Test
  void noDriver() throws Exception {
    Assumptions.assumeTrue(Drivers.absence().isEmpty(), () -> Drivers.absence().get());
    Path vendors = Files.createDirectories(folder.resolve("vendors"));
    requireAbsent(
        Map.of("OCL_ICD_VENDORS", vendors.toString()), "no driver is installed (CL_PLATFORM_NOT");
  }

  /** A driver is registered whose library is not there. */
  @Test
  void brokenDriver() throws Exception {
    Assumptions.assumeTrue(Drivers.absence().isEmpty(), () -> Drivers.absence().get());
    Path vendors = Files.createDirectories(folder.resolve("vendors"));
    Files.writeString(vendors.resolve("gone.icd"), folder.resolve("libgone.so").toString());
    requireAbsent(
        Map.of("OCL_ICD_VENDORS", vendors.toString()), "no driver is installed (CL_PLATFORM_NOT");
  }

  /** PoCL is told to offer none. */
  @Test
  void noDevice() throws Exception {
    Assumptions.assumeTrue(Files.exists(POCL), "no " + POCL);
    Path vendors = Files.createDirectories(folder.resolve("vendors"));
    Files.copy(POCL, vendors.resolve("pocl.icd"));
    requireAbsent(
        Map.of("OCL_ICD_VENDORS", vendors.toString(), "POCL_DEVICES", "none"),
        "platform Portable Computing Language: CL_DEVICE_NOT_FOUND");
  }

  /** A cache with a damaged library, or one without room for it, is not taken for no library. */
  @Test
  void damagedOrFullCache() throws Exception {
    Assumptions.assumeTrue(Drivers.absence().isEmpty(), () -> Drivers.absence().get());
    requirePresent();
    Path cache = folder.resolve("cache/millrace/jocl-2.0.6");
    Path library;
    try (var files = Files.list(cache)) {
      library = files.findFirst().orElseThrow();
    }
    byte[] whole = Files.readAllBytes(library);
    Files.write(library, new byte[100]);
    requirePresent();
    assertArrayEquals(whole, Files.readAllBytes(library));
    Files.delete(library);
    Files.createDirectories(library.resolve("in the way")); // so that no file can be put here
    requirePresent();
    try (var files = Files.list(cache)) {
      assertEquals(1, files.count(), "parts were left behind");
    }
  }

  private void requirePresent() throws IOException, InterruptedException {
    ChildJvm.Output output =
        ChildJvm.run(
            folder,
            System.getProperty("java.class.path"),
            Map.of(),
            List.of(AbsenceRun.class.getName()));
    assertEquals(0, output.exit(), output.err());
    assertTrue(output.out().contains("available=true"), output.out());
  }

  private void requireAbsent(Map<String, String> environment, String reason)
      throws IOException, InterruptedException {
    ChildJvm.Output output =
        ChildJvm.run(
            folder,
            System.getProperty("java.class.path"),
            environment,
            List.of(AbsenceRun.class.getName()));
    assertEquals(0, output.exit(), output.err());
    List<String> lines = output.out().lines().toList();
    assertEquals(6, lines.size(), output.out());
    for (int time = 0; time < 6; time += 3) {
      assertTrue(lines.get(time).contains("available=false"), output.out());
      assertTrue(lines.get(time).contains(reason), output.out());
      String asked = "opencl: no device can run this: opencl: ";
      assertTrue(lines.get(time + 1).startsWith(asked), output.out());
      assertTrue(lines.get(time + 1).contains(reason), output.out());
      assertTrue(lines.get(time + 2).startsWith("auto: java on "), output.out());
      assertTrue(lines.get(time + 2).contains("passed by opencl: "), output.out());
      assertTrue(lines.get(time + 2).contains(reason), output.out());
    }
  }
}
