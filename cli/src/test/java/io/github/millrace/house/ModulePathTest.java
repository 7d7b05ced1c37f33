package io.github.millrace.house;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command runs as a module too: the other tests and the launcher use the class path. */
class ModulePathTest {

  @TempDir Path temp;

  @Test
  void filtersAFile() throws Exception {
    Path in = Files.write(temp.resolve("in.raw"), new byte[] {1, 0, 2, 0, 3, 0});
    Path out = temp.resolve("out.raw");
    String raw = "--rate=48000 --channels=1 --raw-format=s16";
    List<String> words = new ArrayList<>(List.of("filter", "-q"));
    words.addAll(Arrays.asList(raw.split(" ")));
    words.addAll(List.of(in.toString(), out.toString(), "gain:2"));
    assertEquals("", run(words));
    assertEquals(List.of(2, 4, 6), samples(Files.readAllBytes(out)));
  }

  @Test
  void namesItsVersion() throws Exception {
    assertTrue(run(List.of("--version")).startsWith("millrace "));
  }

  private static List<Integer> samples(byte[] bytes) {
    List<Integer> samples = new ArrayList<>();
    for (int i = 0; i < bytes.length; i += 2) {
      samples.add((bytes[i] & 0xff) | bytes[i + 1] << 8);
    }
    return samples;
  }

  private static String run(List<String> words) throws Exception {
    String modules =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.endsWith("test-classes"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.add("--enable-native-access=io.github.millrace.simd");
    command.addAll(List.of("--module-path", modules));
    command.addAll(List.of("-m", "io.github.millrace.cli/io.github.millrace.cli.Main"));
    command.addAll(words);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), printed);
    return printed;
  }
}
