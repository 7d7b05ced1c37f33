package io.github.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.cli.text.JsonReader;
import io.github.millrace.io.Encoding;
import java.io.BufferedReader;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in the middle of a file: exit 130, and the folder is as it was. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class InterruptTest {

  @TempDir private Path folder;

  @Test
  void interruptLeavesNothing() throws Exception {
    Path out = Files.writeString(folder.resolve("out.wav"), "precious");
    Process process = start("filter", "-y", "-", out.toString(), "butter:low:5k");
    try (OutputStream pipe = process.getOutputStream()) {
      byte[] whole = Files.readAllBytes(input());
      pipe.write(whole, 0, whole.length / 2);
      pipe.flush();
      waitForTemporary();
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      assertEquals(130, process.waitFor());
    }
    assertArrayEquals(new String[] {"in.wav", "out.wav"}, names());
    assertEquals("precious", Files.readString(out));
  }

  /** Whatever it was at: the outputs that are there are whole. */
  @Test
  void anInterruptedBatchLeavesWholeFiles() throws Exception {
    Path out = folder.resolve("out");
    List<String> command = new ArrayList<>(List.of("filter", "-q", "--out-dir", out.toString()));
    double[][] noise = TestSignal.noise(1, 10_000, 0.5);
    Path first = TestSignal.write(folder.resolve("0.wav"), Encoding.F32, 48_000, noise);
    command.add(first.toString());
    for (int i = 1; i < 2_000; i++) {
      command.add(Files.createLink(folder.resolve(i + ".wav"), first).toString());
    }
    command.addAll(List.of("--", "gain:1"));
    Process process = start(command.toArray(String[]::new));
    while (!Files.exists(out) || names(out).length < 20) {
      assertTrue(process.isAlive());
    }
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    assertEquals(130, process.waitFor());
    assertTrue(names(out).length < 2_000);
    for (String name : names(out)) {
      assertTrue(name.endsWith(".wav"), name);
      assertEquals(Files.size(first), Files.size(out.resolve(name)), name);
    }
  }

  @Test
  void anInterruptedSweepKeepsItsPoints() throws Exception {
    Path json = folder.resolve("s.json");
    Process process =
        start(
            "sweep",
            "--backend",
            "java",
            "--type",
            "f64",
            "--channels",
            "1",
            "--progress",
            "plain",
            "--json",
            json.toString());
    try (BufferedReader talk = process.errorReader()) {
      for (int shown = 0; shown < 3; ) {
        String line = talk.readLine();
        assertNotNull(line, "the sweep ended");
        shown += line.contains(" frames") ? 1 : 0;
      }
      new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
      assertTrue(talk.lines().anyMatch(line -> line.contains("what is measured is kept")));
      assertEquals(130, process.waitFor());
    }
    Map<?, ?> sweep = (Map<?, ?>) JsonReader.read(Files.readString(json));
    assertEquals(false, sweep.get("complete"));
    assertTrue(((List<?>) sweep.get("points")).size() >= 2);
    assertArrayEquals(new String[] {"s.json"}, names());
  }

  /** Longer than a few blocks; the command gets half of it, and waits for the rest. */
  private Path input() throws Exception {
    double[][] noise = TestSignal.noise(1, 1_000_000, 0.5);
    return TestSignal.write(folder.resolve("in.wav"), Encoding.F32, 48_000, noise);
  }

  private void waitForTemporary() throws Exception {
    while (Stream.of(names()).noneMatch(name -> name.endsWith(".tmp"))) {
      Thread.sleep(20);
    }
    assertTrue(names().length == 3, () -> "unexpected files");
  }

  private String[] names() throws Exception {
    return names(folder);
  }

  private static String[] names(Path folder) throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toArray(String[]::new);
    }
  }

  /** A process of its own; env gives it back the signal that a background shell may have taken. */
  private static Process start(String... args) throws Exception {
    List<String> restored = List.of("env", "--default-signal=INT");
    List<String> probe = new ArrayList<>(restored);
    probe.add("true");
    boolean known = new ProcessBuilder(probe).start().waitFor() == 0;
    List<String> command = new ArrayList<>(known ? restored : List.of());
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.github.millrace.cli.Main");
    command.addAll(List.of(args));
    return new ProcessBuilder(command).start();
  }
}
