package io.github.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.io.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of {@code filter}. */
class FilterReportTest {

  @TempDir private Path folder;
  private Path in;
  private Path out;

  @BeforeEach
  void writeInput() throws IOException {
    double[][] noise = TestSignal.noise(2, 3_000, 0.4);
    in = TestSignal.write(folder.resolve("in.wav"), Encoding.F32, 48_000, noise);
    out = folder.resolve("out.wav");
  }

  private void assertOnlyInput() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void reportHasItsFields() throws IOException {
    Path report = folder.resolve("r.json");
    CommandResult result =
        CommandResult.of(
            "filter", "--backend=java", in, out, "gain:1", "--report", report, "--threads", 1);
    assertEquals(0, result.code(), result.err());
    String json = Files.readString(report);
    String[] fields = {
      "backend",
      "device",
      "driver",
      "reason",
      "backendFrom",
      "kernels",
      "frames",
      "framesOut",
      "framesCut",
      "delayFrames",
      "delayMilliseconds",
      "delayAtAllFrequencies",
      "start",
      "channels",
      "sampleRate",
      "type",
      "precision",
      "exact",
      "threads",
      "threadsFrom",
      "seconds",
      "samplesPerSecond",
      "startSeconds",
      "readSeconds",
      "convertSeconds",
      "transferSeconds",
      "filterSeconds",
      "writeSeconds",
      "boundBy",
      "bytesToDevice",
      "bytesFromDevice",
      "transfersOverlap",
      "speed",
      "realtimeFactor",
      "clipped",
      "nonFinite",
      "undefined",
      "peakDb"
    };
    assertEquals(fields.length, json.lines().filter(line -> line.contains("\": ")).count());
    for (String field : fields) {
      assertTrue(json.contains("  \"" + field + "\": "), field);
    }
    assertTrue(json.contains("\"backend\": \"java\","));
    assertTrue(json.contains("\"exact\": \"repeat\","));
    assertTrue(json.contains("\"frames\": 3000,"));
    assertTrue(json.contains("\"sampleRate\": 48000,"));
    assertTrue(json.contains("\"threads\": 1,"));
    assertTrue(json.contains("\"type\": \"f32\","));
  }

  @Test
  void reportSparesTheSignals() throws IOException {
    byte[] before = Files.readAllBytes(in);
    CommandResult input = CommandResult.of("filter", in, out, "gain:1", "--report", in);
    assertEquals(1, input.code());
    assertTrue(input.err().endsWith(": --report: " + in + " is a signal of this run\n"));
    assertArrayEquals(before, Files.readAllBytes(in));
    assertEquals(1, CommandResult.of("filter", in, out, "gain:1", "--report", out).code());
    assertOnlyInput();
  }

  @Test
  void reportThatCannotBeWrittenIsRefusedFirst() throws IOException {
    Path report = folder.resolve("none").resolve("r.json");
    CommandResult result = CommandResult.of("filter", in, out, "gain:1", "--report", report);
    assertEquals(2, result.code());
    assertTrue(result.err().contains("r.json: no folder "), result.err());
    assertOnlyInput();
  }
}
