package io.github.millrace.cli.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.bench.WrongOutputException;
import io.github.millrace.cli.options.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartBenchTest {

  private final ByteArrayOutputStream text = new ByteArrayOutputStream();

  @TempDir private Path folder;

  @AfterEach
  void forget() {
    System.clearProperty(StartBench.LAUNCHER);
  }

  private List<Object> run(String script) throws IOException {
    Path launcher = Files.writeString(folder.resolve("launcher"), "#!/bin/sh\n" + script + "\n");
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    System.setProperty(StartBench.LAUNCHER, launcher.toString());
    return new StartBench(new PrintStream(text, true, UTF_8), 1).run();
  }

  @Test
  void processesAreTimedFromTheLauncherOn() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    String flags = "--enable-native-access=ALL-UNNAMED";
    List<Object> rows =
        run(
            "exec '"
                + java
                + "' "
                + flags
                + " -cp '"
                + classes
                + "' io.github.millrace.cli.Main \"$@\"");
    List<?> names = rows.stream().map(row -> ((Map<?, ?>) row).get("process")).toList();
    assertEquals(List.of("Java alone", "--version", "filter of one second"), names);
    for (Object row : rows) {
      assertTrue((double) ((Map<?, ?>) row).get("leastMilliseconds") > 0);
    }
    assertEquals(4, text.toString(UTF_8).lines().count(), text.toString(UTF_8));
  }

  @Test
  void aWrongFileIsNoMeasurement() {
    var e =
        assertThrows(
            WrongOutputException.class, () -> run("[ \"$1\" = --version ] || cp \"$4\" \"$5\""));
    assertTrue(e.getMessage().contains("is not that of a run in this process"), e.getMessage());
  }

  @Test
  void aProcessThatFailsSaysWhy() {
    var e = assertThrows(IOException.class, () -> run("echo no luck; exit 3"));
    assertTrue(e.getMessage().endsWith("--version ended with 3: no luck"), e.getMessage());
  }

  @Test
  void withoutALauncherThereIsNothingToTime() {
    StartBench bench = new StartBench(new PrintStream(text, true, UTF_8), 1);
    assertThrows(UsageException.class, bench::run);
  }
}
