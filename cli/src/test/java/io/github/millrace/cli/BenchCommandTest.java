package io.github.millrace.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.cli.text.JsonReader;
import io.github.millrace.io.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BenchCommandTest {

  private static final Set<String> NUMBERS =
      Set.of(
          "sections",
          "taps",
          "channels",
          "frames",
          "threads",
          "samplesPerSecond",
          "memcpySamplesPerSecond",
          "fractionOfMemcpy",
          "maxError");

  @TempDir private Path folder;

  @Test
  void cascadeHasARowForEachNumberOfSections() throws IOException {
    Path json = folder.resolve("rows.json");
    String words = "cascade --sections 1,3 --narrow --type f64 --frames 500 --channels 2";
    CommandResult result = bench(words + " --threads 1 --backend java --json " + json);
    assertEquals(0, result.code(), result.err());
    assertEquals("", result.err());
    List<Map<?, ?>> rows = rows(json);
    assertEquals(List.of(1.0, 3.0), rows.stream().map(row -> row.get("sections")).toList());
    for (Map<?, ?> row : rows) {
      NUMBERS.forEach(name -> assertTrue(row.get(name) instanceof Double, name));
      assertEquals("cascade java f64 precise", names(row));
      assertEquals(
          List.of(2.0, 500.0, 1.0),
          List.of(row.get("channels"), row.get("frames"), row.get("threads")));
      double fraction =
          (double) row.get("samplesPerSecond") / (double) row.get("memcpySamplesPerSecond");
      assertEquals(fraction, (double) row.get("fractionOfMemcpy"), 1e-9);
    }
    List<String> lines = result.text().lines().toList();
    assertEquals(3, lines.size(), result.text());
    assertTrue(lines.get(0).startsWith("backend  type  precision  sections  channels  "));
    assertEquals(1, lines.stream().map(String::length).distinct().count(), result.text());
  }

  @Test
  void memcpyIsMeasuredBothWays() throws IOException {
    Path json = folder.resolve("rows.json");
    CommandResult result = bench("memcpy --type f32 --frames 5000 --json " + json);
    assertEquals(0, result.code(), result.err());
    List<Map<?, ?>> rows = rows(json);
    assertEquals(
        List.of("memcpy libc f32 precise", "memcpy java f32 precise"),
        rows.stream().map(BenchCommandTest::names).toList());
  }

  @Test
  void callsAreMeasuredBesideTheirForwards() throws IOException {
    Path json = folder.resolve("rows.json");
    CommandResult result = bench("calls --frames 3000 --sections 2 --json " + json);
    assertEquals(0, result.code(), result.err());
    List<Map<?, ?>> rows = rows(json);
    assertEquals(List.of("f32", "f64"), rows.stream().map(row -> row.get("type")).toList());
    for (Map<?, ?> row : rows) {
      assertEquals(List.of(2.0, 3000.0), List.of(row.get("sections"), row.get("frames")));
      double alone = (double) row.get("forwardMicroseconds") + (double) row.get("newMicroseconds");
      assertEquals(
          (double) row.get("filterMicroseconds") / alone,
          (double) row.get("filterOverForwardAndNew"),
          1e-9);
      assertTrue((double) row.get("arrayMicroseconds") > 0);
      assertTrue((double) row.get("maxError") < 1e-6);
    }
    List<String> lines = result.text().lines().toList();
    assertEquals(3, lines.size(), result.text());
    assertEquals(1, lines.stream().map(String::length).distinct().count(), result.text());
  }

  @Test
  void theWholeMachineIsOnePage() throws IOException {
    Path json = folder.resolve("all.json");
    Path html = folder.resolve("all.html");
    CommandResult result =
        bench("all --quick --frames 3000 --threads 1 --html " + html + " --json " + json);
    assertEquals(0, result.code(), result.err());
    assertTrue(result.err().contains("left out: java:0: cascade f32 fast"), result.err());
    List<?> rows = (List<?>) ((Map<?, ?>) JsonReader.read(Files.readString(json))).get("rows");
    assertEquals(rows.size(), result.text().lines().count());
    Set<Object> backends = new TreeSet<>();
    rows.forEach(row -> backends.add(((Map<?, ?>) row).get("backend")));
    assertTrue(backends.containsAll(List.of("java", "native")), backends::toString);
    String page = Files.readString(html);
    // Two cascades, an FIR filter and a resampler, in three arithmetics.
    assertEquals(12, page.split("<figure>", -1).length - 1);
    assertEquals(12 + rows.size(), page.split("<rect class=\"bar ", -1).length - 1);
    assertFalse(page.replace("http://www.w3.org/2000/svg", "").contains("://"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                               | 1 | no benchmark given, expected one of cascade, fir, r
          casc                             | 1 | unknown benchmark 'casc', did you mean 'cascade'?
          fir fir                          | 1 | 2 benchmarks given, expected one of cascade, fir,
          fir --taps 3,x                   | 1 | --taps: is '3,x', expected whole numbers such as 63
          fir --taps 0                     | 1 | taps is 0, expected at least 1
          fir --sections 2                 | 1 | --sections: belongs to cascade and calls, not to fir
          resample --narrow                | 1 | --narrow: belongs to cascade and calls, not to resample
          memcpy --taps 3                  | 1 | --taps: belongs to fir, not to memcpy
          fir --quick              | 1 | --html and --quick: belong to bench all
          all --taps 3             | 1 | --taps: bench all has a fixed table, and takes --frames,
          all --html /none/a.html  | 1 | --html: /none/a.html cannot be written
          calls --channels 2               | 1 | calls are measured on one channel of up to 2^31 -
          cascade --type f16               | 1 | --type: sample type f16 is refused
          cascade --channels 0             | 1 | channels is 0, expected at least 1
          cascade --frames 0               | 1 | frames is 0, expected 1 to
          cascade --threads 0              | 1 | --threads: is 0, expected at least 1
          cascade --json /none/a.json      | 1 | --json: /none/a.json cannot be written
          fir --backend java --precision fast | 2 | no device can run this: java: it computes in
          """)
  void whatCannotBeMeasuredIsRefused(String words, int code, String message) {
    CommandResult result = bench(words);
    assertEquals(code, result.code(), result.err());
    assertTrue(result.err().startsWith("millrace bench: " + message), result.err());
    assertEquals(1, result.err().lines().count());
    assertEquals("", result.text());
  }

  @Test
  void filterLoadsNothingOfIt() throws Exception {
    Path in = folder.resolve("in.wav");
    TestSignal.write(in, Encoding.F32, 48_000, TestSignal.noise(1, 100, 0.5));
    String out = folder.resolve("out.wav").toString();
    List<String> filtering = loaded("filter", "-q", in.toString(), out, "butter:low:5k");
    assertTrue(filtering.contains("io.github.millrace.plan.Plan"));
    assertFalse(filtering.stream().anyMatch(BenchCommandTest::belongsToBench));
    assertTrue(loaded("bench", "--help").stream().anyMatch(BenchCommandTest::belongsToBench));
  }

  private static boolean belongsToBench(String type) {
    return type.startsWith("io.github.millrace.bench.")
        || type.startsWith("io.github.millrace.cli.bench.")
        || type.startsWith("org.openjdk.jmh.");
  }

  /** The classes that a run of the command loads, in a process of its own. */
  private List<String> loaded(String... words) throws Exception {
    Path log = folder.resolve("classes.log");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xlog:class+load:file=" + log + ":none");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("io.github.millrace.cli.Main");
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), printed);
    return Files.readAllLines(log).stream().map(line -> line.replaceAll(" .*", "")).toList();
  }

  private static CommandResult bench(String words) {
    String line = ("bench " + words).strip();
    return CommandResult.of((Object[]) line.split(" +"));
  }

  private static List<Map<?, ?>> rows(Path json) throws IOException {
    Map<?, ?> file = (Map<?, ?>) JsonReader.read(Files.readString(json));
    assertEquals(Set.of("rows"), file.keySet());
    List<Map<?, ?>> rows = new ArrayList<>();
    ((List<?>) file.get("rows")).forEach(row -> rows.add((Map<?, ?>) row));
    return rows;
  }

  private static String names(Map<?, ?> row) {
    return row.get("bench")
        + " "
        + row.get("backend")
        + " "
        + row.get("type")
        + " "
        + row.get("precision");
  }
}
