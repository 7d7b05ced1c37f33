package io.github.millrace.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.choice.Planner;
import io.github.millrace.cpu.JavaBackend;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Gain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without a library everything still runs, in Java, and the reason is told. */
class NativeLibraryTest {

  private static final StreamFormat FORMAT = new StreamFormat(48_000, 1, SampleType.FLOAT32);
  private static final Pipeline GAIN = Pipeline.of(new Gain(2));

  @Test
  void switchedOff() {
    requireFallback(NativeLibrary.load("off"), "switched off by -Dmillrace.native=off");
  }

  @Test
  void missingFile() {
    requireFallback(NativeLibrary.load("no/such/library.so"), "no/such/library.so");
  }

  @Test
  void notALibrary(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("libmillrace.so"), "not a library");
    requireFallback(NativeLibrary.load(file.toString()), "libmillrace.so");
  }

  @Test
  void variantThatIsNotThere() {
    NativeLibrary library = NativeLibrary.get();
    DeviceDescription device = new NativeBackend(() -> library, "z80").devices().getFirst();
    assertFalse(device.available());
    String expected = library.isLoaded() ? "variant 'z80' is not one of" : library.reason();
    assertTrue(device.reason().contains(expected), device.reason());
  }

  private static void requireFallback(NativeLibrary library, String reason) {
    NativeBackend backend = new NativeBackend(() -> library, "");
    DeviceDescription device = backend.devices().getFirst();
    assertFalse(device.available());
    assertTrue(device.reason().contains(reason), device.reason());
    Planner planner = new Planner(List.of(backend, new JavaBackend()));
    try (Plan plan = planner.prepare(GAIN, FORMAT, PlanOptions.DEFAULTS)) {
      assertEquals("java", plan.device().backend());
      assertTrue(plan.describe().contains(reason), plan.describe());
    }
    PlanOptions explicit = PlanOptions.DEFAULTS.withBackend("native");
    assertThrows(BackendException.class, () -> planner.prepare(GAIN, FORMAT, explicit));
  }
}
