package io.github.millrace.host;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The folder {@code src/test/stress} under jcstress: moments here, minutes where {@code
 * millrace.long} is set. Compiled here, since what jcstress generates is to pass no check of ours.
 */
class StressTest {

  private static final Path SOURCES =
      Path.of(System.getProperty("millrace.root", ".."), "core/src/test/stress").normalize();

  private static final List<String> MOMENTS = List.of("-f", "1", "-iters", "1", "-time", "300");
  private static final List<String> MINUTES = List.of("-f", "5", "-iters", "10", "-time", "2000");

  private static final Pattern PASSED = Pattern.compile("\\[OK] \\S+\\.(\\w+\\.\\w+)\\s");

  @TempDir Path folder;

  @Test
  void nothingForbiddenIsSeen() throws Exception {
    compile();
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", folder + ":" + System.getProperty("java.class.path")));
    command.addAll(
        List.of("org.openjdk.jcstress.Main", "-v", "-r", folder.resolve("r").toString()));
    command.addAll(List.of("-sc", "false", "-jvmArgs", "-Xmx256m"));
    command.addAll(Boolean.getBoolean("millrace.long") ? MINUTES : MOMENTS);
    String text = run(command);
    Set<String> passed = new TreeSet<>();
    PASSED.matcher(text).results().forEach(match -> passed.add(match.group(1)));
    Set<String> expected =
        Set.of(
            "CrewStress.TwoCrews",
            "CrewStress.FailuresAreSeen",
            "CrewStress.PartsAreSeen",
            "TurnsStress.BlocksArrive",
            "TurnsStress.Cancelled");
    assertEquals(new TreeSet<>(expected), passed, text);
  }

  private void compile() throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-proc:full", "-nowarn"));
    arguments.addAll(List.of("-cp", System.getProperty("java.class.path")));
    arguments.addAll(List.of("-d", folder.toString()));
    try (Stream<Path> files = Files.walk(SOURCES)) {
      files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
    }
    int code =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertEquals(0, code);
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int code = process.waitFor();
    String text = Files.readString(log, UTF_8);
    assertEquals(0, code, text);
    return text;
  }
}
