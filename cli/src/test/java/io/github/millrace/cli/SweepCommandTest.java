package io.github.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.cli.text.JsonReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code millrace sweep}, over a few short blocks. */
class SweepCommandTest {

  private static final String TINY =
      "sweep --quick --backend native,java --sections 1,2 --channels 1 --most-frames 512";

  @TempDir private Path folder;

  private static CommandResult run(String words) {
    return CommandResult.of((Object[]) words.split(" +"));
  }

  @Test
  void everyFileHoldsEveryPoint() throws IOException {
    Path json = folder.resolve("s.json");
    Path csv = folder.resolve("s.csv");
    Path html = folder.resolve("s.html");
    CommandResult result =
        run(TINY + " --json " + json + " --csv " + csv + " --html " + html + " --progress plain");
    assertEquals(0, result.code(), result.err());
    assertTrue(result.err().startsWith("0%, memcpy f32, channels: 1, 32 frames"), result.err());
    assertTrue(result.err().contains("left out: java:0 f32: "), result.err());
    Map<?, ?> sweep = (Map<?, ?>) JsonReader.read(Files.readString(json));
    assertEquals(true, sweep.get("complete"));
    List<?> points = (List<?>) sweep.get("points");
    // 3 lengths, and more between those around a crossing.
    long known = points.stream().filter(p -> backend(p).equals("java:0")).count();
    assertEquals(2 * 3, known);
    assertTrue(points.stream().filter(p -> backend(p).equals("native:0")).count() >= 2 * 6);
    for (Object point : points) {
      int rounds = ((List<?>) ((Map<?, ?>) point).get("sequentialSeconds")).size();
      int parallel = ((List<?>) ((Map<?, ?>) point).get("parallelSeconds")).size();
      assertTrue(rounds >= 3);
      assertEquals(backend(point).equals("native:0") ? rounds : 0, parallel);
    }
    assertEquals(points.size() + 1, Files.readAllLines(csv).size());
    List<String> lines = result.text().lines().toList();
    assertEquals(1 + 2 + 4 + 2, lines.size(), result.text());
    assertEquals(1, lines.stream().map(String::length).distinct().count(), result.text());
    assertIsComplete(Files.readString(html), points.size());
  }

  private static String backend(Object point) {
    return (String) ((Map<?, ?>) point).get("backend");
  }

  /** Nothing is fetched, and every point is in the table. */
  private static void assertIsComplete(String html, int points) {
    assertEquals(
        List.of(),
        html.lines()
            .filter(line -> line.matches(".*(src=|href=|url\\(|@import|<script|<link).*"))
            .toList());
    assertFalse(html.replace("xmlns=\"http://www.w3.org/2000/svg\"", "").contains("://"));
    int table = html.indexOf("<details>");
    assertEquals(points + 1, html.substring(table).split("<tr>", -1).length - 1);
    // K and type of native's times, and of all throughputs.
    assertEquals(4 + 4, html.split("<figure>", -1).length - 1);
  }

  @Test
  void aSweepGoesOnWhereItEnded() throws IOException {
    Path json = folder.resolve("s.json");
    String less = TINY.replace("512", "128") + " --type f64 --json " + json;
    assertEquals(0, run(less).code());
    String before = Files.readString(json);
    CommandResult again = run(less + " --resume " + json + " --progress plain");
    assertEquals(0, again.code(), again.err());
    assertEquals(
        ((Map<?, ?>) JsonReader.read(before)).get("points"),
        ((Map<?, ?>) JsonReader.read(Files.readString(json))).get("points"));
    assertFalse(again.err().contains("K = "), again.err());
    String other = before.replaceFirst("\"processor\": \"", "\"processor\": \"another ");
    Files.writeString(json, other);
    CommandResult refused = run(less + " --resume " + json);
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("--resume: its processor is another "), refused.err());
    Files.writeString(json, "{\"version\": 1");
    CommandResult broken = run(less + " --resume " + json);
    assertEquals(1, broken.code());
    assertTrue(broken.err().contains("holds no sweep (no JSON: line 1, expected"), broken.err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --backend abacus      | --backend: no backend 'abacus', expected of native, java
          --type f16            | --type: sample type f16 is refused
          --sections 0          | --sections: is '0', expected whole numbers above 0 such as 1,4
          --channels 1,x        | --channels: is '1,x', expected whole numbers above 0 such as 1,4
          --most-frames 9       | --most-frames: is 9, expected at least 32
          --json /none/a.json   | --json: /none/a.json cannot be written
          --html /none/a.html   | --html: /none/a.html cannot be written
          --progress loud       | --progress: unknown mode 'loud'
          """)
  void whatCannotBeSweptIsRefused(String words, String message) {
    CommandResult result = run("sweep --quick " + words);
    assertEquals(1, result.code(), result.err());
    assertTrue(result.err().startsWith("millrace sweep: " + message), result.err());
    assertEquals("", result.text());
  }
}
