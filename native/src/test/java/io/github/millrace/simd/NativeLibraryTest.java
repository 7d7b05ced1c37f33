package io.github.millrace.simd;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import org.junit.jupiter.api.Assumptions;
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

  @Test
  void theLibraryOfThisHeaderIsTaken(@TempDir Path folder) throws Exception {
    NativeLibrary library = NativeLibrary.load(build(folder, "", "").toString());
    assertTrue(library.isLoaded(), library.reason());
  }

  @Test
  void anotherVersionIsRefused(@TempDir Path folder) throws Exception {
    Path library = build(folder, "MILLRACE_VERSION 4", "MILLRACE_VERSION 5");
    requireFallback(
        NativeLibrary.load(library.toString()),
        "the library is of another Millrace: 'version 5', expected 'version 4'");
  }

  @Test
  void anotherFlagIsRefused(@TempDir Path folder) throws Exception {
    Path library = build(folder, "MILLRACE_SERIAL 2", "MILLRACE_SERIAL 8");
    requireFallback(
        NativeLibrary.load(library.toString()),
        "'flags stream 1 serial 8 hold 4 swapped 1 counts 2 wide 4 dither 8',"
            + " expected 'flags stream 1 serial 2 hold 4 swapped 1 counts 2 wide 4 dither 8'");
  }

  @Test
  void anotherMemberIsRefused(@TempDir Path folder) throws Exception {
    Path library = build(folder, "ahead\\b", "before");
    requireFallback(
        NativeLibrary.load(library.toString()),
        "'outputs 32 index 0 before 8 most 16 past 24',"
            + " expected 'outputs 32 index 0 ahead 8 most 16 past 24'");
  }

  /** A member that moves in the header alone does not compile. */
  @Test
  void aMemberThatMovesIsNotBuilt(@TempDir Path folder) {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () -> build(folder, "int64_t (down|width);", "int64_t $1, $1_more;"));
    assertTrue(error.getMessage().contains("resampler.width is not at 16"), error.getMessage());
  }

  @Test
  void aLibraryThatSaysNothingIsRefused(@TempDir Path folder) throws Exception {
    Path source = folder.resolve("old.c");
    Files.writeString(
        source, "const char *millrace_variant(long i) { return i ? 0 : \"sse2\"; }\n");
    requireFallback(
        NativeLibrary.load(compile(folder, source).toString()),
        "the library has no millrace_abi_text: it is none of Millrace's, or an older one");
  }

  /** The part of the library that no variant is in, its header and its source edited alike. */
  private static Path build(Path folder, String regex, String replacement) throws Exception {
    Path sources = Path.of(System.getProperty("millrace.root", "..")).resolve("native/src/main/c");
    for (String name : List.of("millrace.h", "library.c")) {
      String text = Files.readString(sources.resolve(name));
      Files.writeString(folder.resolve(name), text.replaceAll(regex, replacement));
    }
    return compile(folder, folder.resolve("library.c"));
  }

  private static Path compile(Path folder, Path source) throws Exception {
    Path gcc = Path.of("/usr/bin/gcc");
    Assumptions.assumeTrue(Files.exists(gcc), "no " + gcc);
    Path library = folder.resolve("libmillrace.so");
    Process compiler =
        new ProcessBuilder(gcc.toString(), "-shared", "-fPIC", "-o", library + "", source + "")
            .redirectErrorStream(true)
            .start();
    String words = new String(compiler.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, compiler.waitFor(), words);
    return library;
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
