package io.github.millrace.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.plan.DeviceDescription;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No driver, one too old, no device, or one that does not serve: each says so and why. */
class AbsenceTest {

  @TempDir Path folder;

  private static void requireCompiler() {
    FakeDriver.absence().ifPresent(Assumptions::abort);
  }

  @AfterEach
  void mend() {
    if (FakeDriver.absence().isEmpty()) {
      FakeDriver.get();
    }
  }

  @Test
  void thisMachineAnswers() {
    assertFalse(new CudaBackend().devices().isEmpty());
  }

  @Test
  void switchedOff() {
    requireReason("switched off by -Dmillrace.cuda=off", new CudaDiscovery("off"));
  }

  @Test
  void noDriver() {
    requireReason(
        "no CUDA driver: /none/libcuda.so.1 cannot be loaded",
        new CudaDiscovery("/none/libcuda.so.1"));
  }

  @Test
  void aDriverThatLacksFunctions() throws Exception {
    requireCompiler();
    Path source = Files.writeString(folder.resolve("old.c"), "int cuInit(int f) { return f; }");
    Path library = folder.resolve("old.so");
    FakeDriver.run("gcc", "-shared", "-fPIC", source.toString(), "-o", library.toString());
    DeviceDescription absent = new CudaDiscovery(library.toString()).infos().getFirst();
    assertFalse(absent.available());
    assertTrue(absent.reason().startsWith("the driver's library lacks cuDriverGetVersion, "));
    assertTrue(absent.reason().contains("cuLaunchKernel"), absent.reason());
    assertTrue(absent.reason().endsWith(": it is older than CUDA 12.0"), absent.reason());
  }

  @Test
  void anOldDriver() {
    requireCompiler();
    FakeDriver.get().machine(1, 11_040, FakeDriver.ROOM);
    requireReason(
        "the driver is for CUDA 11.4, Millrace needs one for CUDA 12.0 or later",
        FakeDriver.asItIs().discovery());
  }

  @Test
  void noDevice() {
    requireCompiler();
    FakeDriver.get().machine(0, FakeDriver.VERSION, FakeDriver.ROOM);
    requireReason(
        "cuInit failed: CUDA_ERROR_NO_DEVICE (as the test wants it)",
        FakeDriver.asItIs().discovery());
  }

  /** A device that cannot be used is shown with the reason, and hides no other. */
  @Test
  void devicesThatDoNotServe() {
    requireCompiler();
    FakeDriver.get().machine(4, FakeDriver.VERSION, FakeDriver.ROOM);
    var infos = FakeDriver.asItIs().discovery().infos();
    assertEquals(4, infos.size());
    assertEquals("", infos.get(0).reason());
    assertEquals("compute capability 6.0, expected at least 7.5", infos.get(1).reason());
    assertEquals("its compute mode is prohibited", infos.get(2).reason());
    assertEquals("", infos.get(3).reason());
    assertEquals("Fake 43", infos.get(3).name());
    assertEquals(
        "CUDA 13.0, compute capability 9.0, GPU-2b2c2d2e-2f30-3132-3334-35363738393a",
        infos.get(3).driver());
    assertEquals(FakeDriver.ROOM, infos.get(3).memoryBytes());
  }

  private static void requireReason(String reason, CudaDiscovery discovery) {
    assertEquals(1, discovery.infos().size());
    DeviceDescription absent = discovery.infos().getFirst();
    assertFalse(absent.available());
    assertEquals(reason, absent.reason());
  }

  /** The driver without a device declares what NVIDIA's header declares, where that is here. */
  @Test
  void theHeaderAgrees() throws Exception {
    requireCompiler();
    Path include = Path.of("/usr/local/cuda/include");
    Assumptions.assumeTrue(Files.exists(include.resolve("cuda.h")), "no cuda.h in " + include);
    for (String file : List.of("driver.c", "machine.c")) {
      FakeDriver.run("gcc", "-fsyntax-only", "-Werror", "-DWITH_CUDA_H", "-I" + include, file);
    }
  }
}
