package io.github.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.io.Encoding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a start must not initialise, each some milliseconds of every run on a short file. */
class StartTest {

  /**
   * Tables of powers, converters of picocli's, what regular expressions look up, the method handles
   * of records' equals and hashCode, and two that look through every jar of the class path: for a
   * class of Groovy's, and for a logger of the exit.
   */
  private static final List<String> DEAR =
      List.of(
          "java/math/BigDecimal",
          "java/sql/Timestamp",
          "java/time/format/DateTimeFormatter",
          "java/lang/runtime/ObjectMethods",
          "sun/nio/fs/Globs",
          "java/util/Formatter",
          "picocli/CommandLine$DefaultFactory",
          "jdk/internal/logger/BootstrapLogger$DetectBackend");

  /** Made for each type of function that is linked to C. */
  private static final Pattern LINKED = Pattern.compile("'jdk/internal/foreign/abi/DowncallStub");

  @TempDir private Path folder;

  @Test
  void filteringInitialisesNothingDear() throws Exception {
    Path in = folder.resolve("in.wav");
    TestSignal.write(in, Encoding.S16, 48_000, TestSignal.noise(1, 1_000, 0.5));
    Path log = folder.resolve("classes.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xlog:class+init=info:file=" + log + ":none");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("io.github.millrace.cli.Main", "filter", in.toString()));
    command.addAll(List.of(folder.resolve("out.wav").toString(), "butter:low:5k", "mix:stereo"));
    command.addAll(List.of("fir:low:4k:taps=63", "gain:-3dB", "resample:44.1k"));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), said);
    String initialised = Files.readString(log);
    assertTrue(initialised.contains("'io/github/millrace/engine/ChainPlan'"), initialised);
    List<String> found =
        DEAR.stream().filter(type -> initialised.contains("'" + type + "'")).toList();
    assertEquals(List.of(), found);
    assertTrue(LINKED.matcher(initialised).results().count() <= 1, initialised);
  }
}
