package io.github.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A driver is loaded for a decision that needs it, and for nothing else. */
@EnabledOnOs(OS.LINUX)
class DriverLoadTest {

  @TempDir Path temp;

  @Test
  void commandsThatNeedNoDriverLoadNone() throws Exception {
    Path in = Files.write(temp.resolve("in.raw"), new byte[48_000]);
    String raw = " --rate 48k --channels 1 --raw-format s16 ";
    List<String> commands =
        List.of(
            "filter -q" + raw + in + " " + temp.resolve("out.wav") + " butter:low:5k",
            "explain --backend java butter:low:5k",
            "sweep --quick --backend java --sections 1 --channels 1 --most-frames 32",
            "bench cascade --backend java --frames 1000",
            "devices");
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(DriverLoadRun.class.getName());
    command.addAll(commands);
    Path err = temp.resolve("err");
    Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    List<String> lines = process.inputReader(UTF_8).lines().toList();
    assertEquals(0, process.waitFor(), Files.readString(err));
    assertEquals(
        List.of("filte 0 []", "expla 0 []", "sweep 0 []", "bench 0 []"),
        lines.subList(0, 4),
        Files.readString(err));
    Assumptions.assumeFalse(lines.get(4).equals("devic 0 []"), "no driver to load is here");
  }
}
