package io.github.millrace.bench.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.choice.Backends;
import io.github.millrace.design.Sos;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.DeviceDescription;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class GpuBenchTest {

  private static final long FRAMES = 1 << 14;

  private static DeviceDescription device(String backend) {
    return Backends.devices().stream()
        .filter(info -> info.backend().equals(backend))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theWholeTableOnOpenCl() {
    DeviceDescription device = device("opencl");
    Assumptions.assumeTrue(device.available(), device.reason());
    List<GpuRow> rows = new ArrayList<>();
    assertEquals(List.of(), new GpuBench(device, FRAMES, rows::add).run());
    for (GpuRow row : rows) {
      assertTrue(row.value() > 0, row.toString());
      boolean computes = !row.name().startsWith("device copy") && !row.name().endsWith("load");
      assertEquals(computes, row.maxError() < 1e-3, row.toString());
    }
    assertEquals(8, rows.stream().filter(row -> row.yardstick().equals("device copy")).count());
    assertEquals(5, rows.stream().filter(row -> row.name().startsWith("forward of")).count());
  }

  @Test
  void aDeviceThatSharesEverythingIsRefused() {
    GpuBench bench = new GpuBench(device("java"), FRAMES, row -> {});
    var e = assertThrows(BackendException.class, bench::run);
    assertEquals("java has no device with kernels of its own", e.getMessage());
  }

  /** Where CuPy is not installed, its own words say so. */
  @Test
  void cupyAnswersOrSaysWhyNot() {
    CupyPeer.Answer answer = CupyPeer.ask(Sos.of(new double[][] {{1, 0, 0, 1, -0.5, 0}}), 1_000);
    assertTrue(answer.text().startsWith("CuPy"), answer.text());
    boolean absent = answer.text().contains("No module") || answer.text().contains("python3");
    assertTrue(absent != answer.samplesPerSecond() > 0, answer.text());
  }

  @Test
  void anAbsentDeviceSaysWhy() {
    DeviceDescription absent = DeviceDescription.absent("cuda", "no driver");
    var e = assertThrows(BackendException.class, () -> new GpuBench(absent, FRAMES, row -> {}));
    assertEquals("cuda: no driver", e.getMessage());
  }
}
