package io.github.millrace.house;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README shows runs, and what it names is there. */
class ReadmeTest {

  private static final String README = SourceTree.read(SourceTree.ROOT.resolve("README.md")).text();

  /** A Java program, and after it the indented lines that it prints. */
  private static final Pattern PROGRAM =
      Pattern.compile("```java\n(.*?)```\n\n((?:    [^\n]*\n)+)", Pattern.DOTALL);

  @TempDir Path temp;

  /**
   * A program of the README.
   *
   * @param source a compact source file
   * @param printed what the README says that it prints
   */
  record Program(String source, String printed) {}

  static Stream<Program> programs() {
    return PROGRAM
        .matcher(README)
        .results()
        .map(match -> new Program(match.group(1), match.group(2).replaceAll("(?m)^    ", "")));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void aProgramPrintsWhatTheReadmeSays(Program program) throws Exception {
    assertEquals(program.printed(), run(program.source()));
  }

  @Test
  void everyProgramIsRun() {
    assertEquals(README.split("```java", -1).length - 1, programs().count());
  }

  @Test
  void theFirstProgramIsShort() {
    long lines = programs().findFirst().orElseThrow().source().lines().count();
    assertTrue(lines <= 12, "the first program has " + lines + " lines, expected at most 12");
  }

  @Test
  void theFoldersAreThoseOfTheReactor() {
    Set<String> modules =
        SourceTree.modules().stream()
            .map(module -> module.getFileName().toString())
            .collect(Collectors.toCollection(TreeSet::new));
    modules.addAll(Set.of("kernels", "tools"));
    assertEquals(modules, firstCells("\\| folder \\| holds \\|\n\\|---\\|---\\|\n"));
  }

  @Test
  void theCoordinatesAreThoseOfTheBuild() {
    String pom = SourceTree.read(SourceTree.ROOT.resolve("pom.xml")).text();
    String version = pom.replaceFirst("(?s).*?<version>([^<]*)</version>.*", "$1");
    assertEquals(2, README.split("<version>" + version + "</version>", -1).length - 1);
  }

  @Test
  void filesThatPagesNameExist() {
    List<String> missing =
        Stream.of("README.md", "CONTRIBUTING.md")
            .map(page -> SourceTree.read(SourceTree.ROOT.resolve(page)).text())
            .flatMap(
                text -> Pattern.compile("[`(]([\\w./-]+/[\\w./-]+)[`)]").matcher(text).results())
            .map(match -> match.group(1))
            .filter(name -> !name.startsWith("target/") && !name.startsWith("META-INF/"))
            .filter(name -> !Files.exists(SourceTree.ROOT.resolve(name)))
            .toList();
    assertEquals(List.of(), missing);
  }

  /** The words in the first column of the table with this head. */
  private static Set<String> firstCells(String head) {
    String table =
        Pattern.compile(head + "((?:\\|.*\n)+)")
            .matcher(README)
            .results()
            .map(match -> match.group(1))
            .findFirst()
            .orElseThrow();
    return Pattern.compile("(?m)^\\| `([^`]+)`")
        .matcher(table)
        .results()
        .map((MatchResult match) -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private String run(String source) throws IOException, InterruptedException {
    Path file = Files.writeString(temp.resolve("Example.java"), source);
    Process process =
        new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java",
                "--enable-native-access=ALL-UNNAMED",
                "--class-path",
                System.getProperty("java.class.path"),
                file.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), printed);
    return printed;
  }
}
