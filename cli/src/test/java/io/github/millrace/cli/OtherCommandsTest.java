package io.github.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.io.Encoding;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that filter no file, and what all commands have in common. */
class OtherCommandsTest {

  static final List<String> COMMANDS = Main.COMMANDS;

  @TempDir private Path folder;

  private static String ok(Object... args) {
    CommandResult result = CommandResult.of(args);
    assertEquals(0, result.code(), result.err());
    assertEquals("", result.err());
    return result.text();
  }

  @ParameterizedTest
  @FieldSource("COMMANDS")
  void everyCommandHasHelpWithExamples(String command) {
    String help = ok(command, "--help");
    assertTrue(help.startsWith("Usage: millrace " + command), help);
    assertTrue(help.contains("Examples:\n  millrace " + command), help);
    assertTrue(help.lines().allMatch(line -> line.length() <= 100), help);
  }

  @Test
  void rootHelpListsAllCommands() {
    String help = ok("--help");
    COMMANDS.forEach(command -> assertTrue(help.contains("\n  " + command + " "), command));
  }

  @Test
  void versionNamesTheJava() {
    String version = ok("--version");
    assertTrue(version.matches("millrace \\d+\\.\\d+\\.\\d+\\S* \\(Java 25\\..*\\)\\R"), version);
  }

  @Test
  void unknownCommandsAndNoCommand() {
    CommandResult slip = CommandResult.of("fliter", "a", "b");
    assertEquals(1, slip.code());
    assertTrue(slip.err().contains("unknown command 'fliter', did you mean 'filter'?"));
    CommandResult none = CommandResult.of();
    assertEquals(1, none.code());
    assertTrue(none.err().contains("no command given, expected one of filter, "), none.err());
  }

  @Test
  void completionIsAScript() {
    String script = ok("generate-completion");
    assertTrue(script.startsWith("#!/usr/bin/env bash"), script);
    assertTrue(script.contains("--raw-format"));
    assertTrue(script.contains("(\"precise\" \"fast\")"), script);
  }

  @Test
  void infoPrintsTheHeader() throws Exception {
    double[][] noise = TestSignal.noise(2, 24_000, 0.5);
    Path file = TestSignal.write(folder.resolve("a.wav"), Encoding.S24, 48_000, noise);
    String rest =
        """
        format    wav, s24
        rate      48000 Hz
        channels  2
        frames    24,000, 0:01 (0.500 s)
        scale     8388608 steps make 1; --scale counts keeps the numbers
        """;
    assertEquals("file      " + file + "\n" + rest, ok("info", file));
    String json = ok("info", "--json", file);
    assertTrue(json.contains("\"encoding\": \"s24\","), json);
    assertTrue(json.contains("\"fullScale\": 8388608,"), json);
    assertTrue(json.contains("\"frames\": 24000,"), json);
    assertTrue(json.contains("\"seconds\": 0.5,"), json);
  }

  @Test
  void infoOfNoFileFails() {
    CommandResult result = CommandResult.of("info", folder.resolve("none.wav"));
    assertEquals(2, result.code());
    assertTrue(result.err().endsWith("none.wav: no such file\n"), result.err());
  }

  @Test
  void devicesAlwaysHasJava() {
    assertTrue(ok("devices").contains("java:0  "));
    String json = ok("devices", "--json");
    assertTrue(json.startsWith("{\n  \"devices\": [\n    {\n      \"backend\": "), json);
    for (String field :
        List.of("backend", "name", "available", "reason", "memoryBytes", "fp64", "driver")) {
      assertTrue(json.contains("      \"" + field + "\": "), field);
    }
    assertTrue(json.contains("\"backend\": \"java\",\n"), json);
  }

  @Test
  void explainSaysWhatAndWhere() throws Exception {
    double[][] noise = TestSignal.noise(2, 48_000, 0.5);
    Path file = TestSignal.write(folder.resolve("a.wav"), Encoding.S32, 48_000, noise);
    String text = ok("explain", "--in", file, "butter:low:5k:order=8", "gain:-3dB");
    assertTrue(text.startsWith("reads      48000 Hz, 2 channels, f64, 48,000 frames"), text);
    assertTrue(text.contains("1. butter:low:5k:order=8  (butterworth lowpass 5000 Hz"), text);
    assertTrue(text.contains("\ndevices    "), text);
    assertTrue(text.contains(" java:0 "), text);
    assertTrue(text.contains("precision  precise: float64"), text);
    assertTrue(text.contains("accuracy   float64 arithmetic of the cascades"), text);
  }

  @Test
  void explainTakesAStreamThatDoesNotExist() {
    String text =
        ok("explain", "--frames", 1000, "--channels", 3, "--rate", "96k", "delay:1s", "mix:mono");
    assertTrue(text.contains("writes     96000 Hz, 1 channel, f32, 97,000 frames"), text);
  }

  @Test
  void explainSaysWhereTheOutputLies() {
    String fir = ok("explain", "fir:low:5k", "delay:-1ms", "resample:96k", "--start=steady");
    assertTrue(
        fir.contains(
            "delay      79 frames (1.646 ms), the same at all frequencies; the first 48 frames are"
                + " cut"),
        fir);
    assertTrue(fir.contains("start      steady"), fir);
    String none = ok("explain", "fir:low:5k:delay=0");
    assertTrue(none.contains("delay      0 frames (0.000 ms), the same"), none);
    assertTrue(none.contains("latency    127 frames (2.646 ms) held back"), none);
    String iir = ok("explain", "butter:low:5k", "delay:1s");
    assertTrue(
        iir.contains("delay      48000 frames (1000.000 ms), and what depends on frequency"), iir);
    CommandResult off = CommandResult.of("explain", "butter:high:0.0001:order=8");
    assertTrue(off.err().contains("float64 sections cannot hold this filter"), off.err());
  }

  @Test
  void explainListsRefusalsAndFails() {
    CommandResult result =
        CommandResult.of("explain", "--backend=java", "--precision=fast", "gain:1");
    assertEquals(2, result.code());
    assertTrue(result.text().contains("it computes in float64 only"), result.text());
  }

  @Test
  void ofSeveralBackendsTheFirstThatCan() {
    String text = ok("explain", "--backend", "java:7,java", "gain:1");
    assertTrue(text.contains("(as asked, passed by backend java:7 has no such device"), text);
    CommandResult slip = CommandResult.of("explain", "--backend", "java,jva", "gain:1");
    assertEquals(1, slip.code());
    assertTrue(slip.err().contains("unknown backend 'jva', did you mean 'java'?"), slip.err());
  }

  @Test
  void demoIsRight() {
    String text = ok("demo");
    assertTrue(text.contains("28,752,000 samples differ from the closed form"), text);
    assertTrue(text.endsWith(": right\n"), text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"info", "response", "explain"})
  void wordsThatMustBeThereAreAskedFor(String command) {
    CommandResult result = CommandResult.of(command);
    assertEquals(1, result.code());
    assertTrue(result.err().contains("missing required parameter"), result.err());
    assertEquals(1, result.err().lines().count());
  }

  @Test
  void channelsAreForRawInput() throws Exception {
    double[][] noise = TestSignal.noise(2, 10, 0.5);
    Path file = TestSignal.write(folder.resolve("a.wav"), Encoding.S16, 8_000, noise);
    CommandResult result = CommandResult.of("info", "--channels", 3, file);
    assertEquals(1, result.code());
    assertTrue(result.err().contains("--channels: is for raw input, "), result.err());
  }
}
