package io.github.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.cli.text.JsonReader;
import io.github.millrace.io.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tune, and what its profile changes, in processes of their own. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class TuneCommandTest {

  @TempDir private Path folder;

  private Path profile() {
    return folder.resolve("profile");
  }

  private Process start(String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.github.millrace.cli.Main");
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("MILLRACE_PROFILE", profile().toString());
    return builder.redirectErrorStream(true).start();
  }

  private String ok(String... words) throws Exception {
    Process process = start(words);
    String text = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), text);
    return text;
  }

  /** The rows of one quick run steer explain, filter and its report. */
  @Test
  void aProfileIsWrittenAndUsed() throws Exception {
    String[] explain = {"explain", "--frames", "1000000", "butter:low:5k:order=8"};
    String before = ok(explain);
    assertTrue(before.contains(": nothing measured, run millrace tune; shipped defaults"), before);
    assertTrue(before.contains("(shipped default)"), before);
    String tuned = ok("tune", "--quick", "--backend", "java");
    assertTrue(tuned.contains(" lines on 1 devices"), tuned);
    String text = Files.readString(profile());
    assertTrue(text.startsWith("millrace profile 1\n# Written by millrace tune --quick on "), text);
    String after = ok("explain", "--backend", "java", "--frames", "1000000", "butter:low:5k");
    assertTrue(after.contains("can run this, predicted "), after);
    assertFalse(after.contains("nothing measured"), after);
  }

  @Test
  void theReportNamesWhatMadeTheBits() throws Exception {
    Path in = folder.resolve("in.wav");
    TestSignal.write(in, Encoding.F32, 48_000, TestSignal.noise(1, 3_000, 0.5));
    Path report = folder.resolve("report.json");
    String out = folder.resolve("out.wav").toString();
    ok(
        "filter",
        "--threads=1",
        "--threshold=77",
        "--report",
        report.toString(),
        in.toString(),
        out,
        "butter:low:5k:order=8");
    Map<?, ?> fields = (Map<?, ?>) JsonReader.read(Files.readString(report));
    assertEquals("as asked", fields.get("thresholdFrom"));
    assertEquals(77.0, fields.get("threshold"));
    assertEquals(1.0, fields.get("threads"));
    assertEquals("precise", fields.get("precision"));
    assertEquals(1, ((List<?>) fields.get("kernels")).size());
    assertTrue(fields.containsKey("device") && fields.containsKey("driver"));
  }

  @Test
  void aBrokenProfileWarnsAndDoesNoHarm() throws Exception {
    Files.writeString(profile(), "millrace profile 1\nrubbish\n");
    String text = ok("explain", "gain:2");
    assertTrue(text.contains("millrace: warning: line 2 of the profile is ignored"), text);
    Files.writeString(profile(), "millrace profile 9\n");
    assertTrue(ok("explain", "gain:2").contains("run millrace tune again"));
  }

  /** Ctrl-C before anything is measured: the old profile is there as it was. */
  @Test
  void interruptedAtOnceItKeepsTheOldProfile() throws Exception {
    Files.writeString(profile(), "precious");
    Process process = start("tune");
    process.destroy();
    process.waitFor();
    assertEquals("precious", Files.readString(profile()));
    assertOnlyTheProfile();
  }

  /** Ctrl-C in the middle: what is measured is there, and what only the old profile had. */
  @Test
  void interruptedItKeepsWhatItHas() throws Exception {
    String device = "abacus | wood | none | ";
    List<String> lines =
        List.of(
            device + "device | start 0 ns, call 0 ns, block 262144 bytes, shared memory",
            device
                + "f64 in f64 | fir | 2 threads | sequential 120.5 ns + 0.00125 ns a frame"
                + " + 1.5 ns a tap, 1.25 channels at once");
    String old = "millrace profile 1\n" + String.join("\n", lines) + "\n";
    Files.writeString(profile(), old);
    for (long wait = 4_000; !Files.readString(profile()).contains("java"); wait *= 2) {
      Process process = start("tune", "--backend", "java");
      Thread.sleep(wait);
      new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();
      String text = new String(process.getInputStream().readAllBytes(), UTF_8);
      process.waitFor();
      boolean kept = Files.readString(profile()).contains("java");
      assertEquals(kept, text.contains("interrupted; what is measured is kept in "), text);
    }
    String both = Files.readString(profile());
    for (String line : lines) {
      assertTrue(both.contains(line + "\n"), both);
    }
    assertOnlyTheProfile();
  }

  private void assertOnlyTheProfile() throws IOException {
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void nonsenseIsRefused() {
    CommandResult result = CommandResult.of("tune", "--backend", "abacus", "--out", "x");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("no backend 'abacus', expected of "), result.err());
    CommandResult off = CommandResult.of("tune");
    assertEquals(1, off.code());
    assertTrue(off.err().contains("switched off"), off.err());
  }
}
