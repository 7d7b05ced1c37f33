package io.github.millrace.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole tree keeps every rule, and every rule catches what breaks it. */
class HouseTest {

  private static final int MOST_LINES = 400;

  /** Words that mark unfinished work, taken apart so that this file does not hold them. */
  private static final List<String> UNFINISHED = List.of("TO" + "DO", "FIX" + "ME", "XX" + "X");

  static Stream<Rule> rules() {
    return Stream.of(
        new ImportDirection(), new TypeNames(), new PublicComments(), new EveryStage());
  }

  @ParameterizedTest
  @MethodSource("rules")
  void theTreeKeepsTheRule(Rule rule) {
    List<JavaSource> sources = SourceTree.java();
    assertTrue(sources.size() > 20, "only " + sources.size() + " sources under " + SourceTree.ROOT);
    List<String> broken = new ArrayList<>();
    for (JavaSource source : sources) {
      rule.broken(source).forEach(what -> broken.add(source.file().path() + ": " + what));
    }
    assertEquals(List.of(), broken);
  }

  static Stream<Arguments> planted() {
    return Stream.of(
        plant(new ImportDirection(), "stage", "import io.github.millrace.plan.Plan; class A {}"),
        plant(
            new ImportDirection(),
            "plan",
            "import static io.github.millrace.cpu.Fma.*; class A {}"),
        plant(new ImportDirection(), "io", "class A { io.github.millrace.design.Sos sos; }"),
        plant(new ImportDirection(), "attic", "class A {}"),
        plant(
            new EveryStage(),
            "plan",
            "class A { int of(Stage s) { return switch (s) { case Fir _ -> 1; default -> 0; }; } }"),
        plant(
            new EveryStage(),
            "engine",
            "class A { void of(Stage s) { switch (s) { case Gain g -> {} default -> {} } } }"),
        plant(
            new EveryStage(),
            "cli",
            "class A { boolean is(Object o) { return o instanceof Fir; } }"),
        plant(
            new EveryStage(),
            "cli",
            "class A { boolean is(Object o) { return o instanceof Fir f; } }"),
        plant(new TypeNames(), "plan", "class PlanManager {}"),
        plant(new TypeNames(), "plan", "class A { interface DataBlock {} }"),
        plant(new PublicComments(), "plan", "public class A {}"),
        plant(new PublicComments(), "plan", "/** A. */ public class A { public void run() {} }"),
        plant(new PublicComments(), "plan", "/** A. */ public interface A { void run(); }"),
        plant(new PublicComments(), "plan", "/** A. */ public enum A { ONE }"),
        plant(new PublicComments(), "plan", "/** A. */ public record A(int frames) {}"));
  }

  @ParameterizedTest
  @MethodSource("planted")
  void aPlantedViolationIsCaught(Rule rule, JavaSource source) {
    assertEquals(1, rule.broken(source).size(), () -> "found: " + rule.broken(source));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void whatIsAllowedPasses(Rule rule) {
    String kept =
        """
        import io.github.millrace.signal.SignalBuffer;
        import java.util.List;

        /**
         * Runs.
         *
         * @param frames how many
         */
        public record Metadata(int frames) implements Runnable {
          /** Most frames. */
          public static final int MOST = 1;

          int inner() {
            return 0;
          }

          @Override
          public void run() {}

          private static class Hidden {
            public void any() {}
          }
        }
        """;
    assertEquals(List.of(), rule.broken(source("plan", kept)));
  }

  @Test
  void aCommandIsNamedAfterItsWord() {
    Rule rule = new TypeNames();
    assertEquals(List.of(), rule.broken(source("cli", "class InfoCommand {}")));
    assertEquals(1, rule.broken(source("cli", "class InfoCommandText {}")).size());
  }

  @Test
  void noFileIsTooLongOrUnfinished() {
    List<TextFile> texts = SourceTree.texts();
    assertTrue(texts.stream().anyMatch(file -> file.path().equals("millrace")));
    assertEquals(List.of(), texts.stream().flatMap(file -> textFaults(file).stream()).toList());
  }

  @Test
  void aLongOrUnfinishedFileIsCaught() {
    TextFile tooLong = new TextFile("core/src/main/A.java", "x\n".repeat(MOST_LINES + 1));
    assertEquals(1, textFaults(tooLong).size());
    assertEquals(List.of(), textFaults(new TextFile("a.sh", "x\n".repeat(MOST_LINES))));
    for (String word : UNFINISHED) {
      assertEquals(1, textFaults(new TextFile("a.sh", "echo # " + word + ": later\n")).size());
    }
  }

  private static List<String> textFaults(TextFile file) {
    List<String> faults = new ArrayList<>();
    if (file.lines() > MOST_LINES) {
      faults.add(file.path() + " has " + file.lines() + " lines, expected at most " + MOST_LINES);
    }
    UNFINISHED.stream()
        .filter(word -> file.text().matches("(?s).*\\b" + word + "\\b.*"))
        .forEach(word -> faults.add(file.path() + " says " + word));
    return faults;
  }

  private static Arguments plant(Rule rule, String part, String body) {
    return Arguments.of(rule, source(part, body));
  }

  private static JavaSource source(String part, String body) {
    String text = "package " + JavaSource.ROOT_PACKAGE + "." + part + ";\n" + body;
    return JavaSource.parse(new TextFile("core/src/main/java/A.java", text));
  }
}
