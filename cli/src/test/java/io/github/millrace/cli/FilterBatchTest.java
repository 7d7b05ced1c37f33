package io.github.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.io.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code filter --out-dir}: many inputs, one command. */
class FilterBatchTest {

  @TempDir private Path folder;
  private Path one;
  private Path two;
  private Path results;

  @BeforeEach
  void writeInputs() throws IOException {
    double[][] noise = TestSignal.noise(1, 500, 0.5);
    one = TestSignal.write(folder.resolve("one.wav"), Encoding.S16, 8_000, noise);
    two = TestSignal.write(folder.resolve("two.w64"), Encoding.F32, 48_000, noise);
    results = folder.resolve("results");
  }

  @Test
  void everyFileKeepsItsName() throws IOException {
    CommandResult result =
        CommandResult.of(
            "filter",
            "--backend=java",
            "--out-dir",
            results,
            one,
            two,
            "--",
            "gain:0.5",
            "mix:stereo");
    assertEquals(0, result.code(), result.err());
    assertEquals(2, TestSignal.read(results.resolve("one.wav")).length);
    assertEquals(500, TestSignal.read(results.resolve("two.w64"))[1].length);
    assertTrue(result.err().startsWith(one + ": java on "), result.err());
  }

  /** Files of one format share a plan: none hears anything of the one before. */
  @Test
  void everyFileStartsAnew() throws IOException {
    double[][] other = TestSignal.noise(1, 501, 0.4);
    Path three = TestSignal.write(folder.resolve("three.wav"), Encoding.S16, 8_000, other);
    Path four = TestSignal.write(folder.resolve("four.wav"), Encoding.S16, 8_000, other);
    String[] chain = {"peak:100:q=30", "delay:7frames"};
    CommandResult all =
        CommandResult.of(
            "filter", "-q", "--out-dir", results, one, three, two, four, "--", chain[0], chain[1]);
    assertEquals(0, all.code(), all.err());
    for (Path input : List.of(one, three, two, four)) {
      Path alone = folder.resolve("alone-" + input.getFileName());
      CommandResult result = CommandResult.of("filter", "-q", input, alone, chain[0], chain[1]);
      assertEquals(0, result.code(), result.err());
      Path together = results.resolve(input.getFileName());
      assertEquals(-1, Files.mismatch(alone, together), input.toString());
    }
  }

  @Test
  void formatChangesTheExtension() {
    CommandResult result =
        CommandResult.of(
            "filter", "--out-dir", results, "--format", "npy", "-q", one, two, "--", "gain:1");
    assertEquals(0, result.code(), result.err());
    assertTrue(Files.exists(results.resolve("one.npy")));
    assertTrue(Files.exists(results.resolve("two.npy")));
  }

  @Test
  void oneFailureDoesNotStopTheRest() throws IOException {
    Path report = folder.resolve("report.json");
    Path none = folder.resolve("none.wav");
    CommandResult result =
        CommandResult.of(
            "filter",
            "-q",
            "--report",
            report,
            "--out-dir",
            results,
            one,
            none,
            two,
            "--",
            "gain:1");
    assertEquals(2, result.code());
    assertEquals("millrace filter: " + none + ": no such file", result.err().strip());
    assertTrue(Files.exists(results.resolve("two.w64")));
    String json = Files.readString(report);
    assertTrue(json.contains("\"error\": \"" + none + ": no such file\""), json);
    assertEquals(3, json.lines().filter(line -> line.contains("\"input\": ")).count());
    assertEquals(2, json.lines().filter(line -> line.contains("\"backend\": ")).count());
  }

  /** By whatever name: an output of the run, through a link to its folder too. */
  @Test
  void reportReplacesNoOutput() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
    for (Path report : List.of(results.resolve("one.wav"), link.resolve("results/two.w64"), one)) {
      CommandResult refused =
          CommandResult.of(
              "filter", "--report", report, "--out-dir", results, one, two, "--", "gain:1");
      assertEquals(1, refused.code());
      assertTrue(refused.err().endsWith(report + " is a signal of this run\n"), refused.err());
    }
    assertFalse(Files.exists(results));
  }

  /** Through a link that leads to nothing yet, or by a second name of the user's only copy. */
  @Test
  void reportReplacesNothingThatItHidesBehind() throws IOException {
    Files.createDirectory(results);
    Path dangling = Files.createSymbolicLink(results.resolve("r.json"), Path.of("one.wav"));
    Path hard = Files.createLink(folder.resolve("r2.json"), one);
    for (Path report : List.of(dangling, hard)) {
      CommandResult refused =
          CommandResult.of("filter", "--report", report, "--out-dir", results, one, "--", "gain:1");
      assertEquals(1, refused.code());
      assertTrue(refused.err().endsWith(report + " is a signal of this run\n"), refused.err());
    }
    assertFalse(Files.exists(results.resolve("one.wav")));
  }

  @Test
  void reportIsNotTheFolderThatIsMade() {
    for (Path report : List.of(results, folder, Path.of("/"))) {
      CommandResult refused =
          CommandResult.of("filter", "--report", report, "--out-dir", results, one, "--", "gain:1");
      assertEquals(2, refused.code());
      assertTrue(refused.err().contains("is a folder, expected a file"), refused.err());
    }
    assertFalse(Files.exists(results));
  }

  @Test
  void reportMayLieInTheFolderThatIsMade() throws IOException {
    Path report = results.resolve("r.json");
    CommandResult result =
        CommandResult.of("filter", "--report", report, "--out-dir", results, one, "--", "gain:1");
    assertEquals(0, result.code(), result.err());
    assertTrue(Files.readString(report).contains("\"input\": "));
    Path deeper = folder.resolve("k/m");
    Path beside = folder.resolve("k/r.json");
    result =
        CommandResult.of("filter", "--report", beside, "--out-dir", deeper, one, "--", "gain:1");
    assertEquals(0, result.code(), result.err());
    assertTrue(Files.exists(beside));
  }

  @Test
  void failureOfUsageNamesTheFile() {
    CommandResult result =
        CommandResult.of("filter", "-q", "--out-dir", results, one, two, "--", "butter:low:5k");
    assertEquals(1, result.code());
    assertTrue(result.err().contains(one + ": stage 1 'butter:low:5k': cutoff"), result.err());
    assertFalse(Files.exists(results.resolve("one.wav")));
    assertTrue(Files.exists(results.resolve("two.w64")));
  }

  @Test
  void twoInputsForOneOutputAreRefusedFirst() throws IOException {
    Path other = Files.createDirectory(folder.resolve("other")).resolve("one.wav");
    Files.copy(one, other);
    CommandResult result =
        CommandResult.of("filter", "--out-dir", results, one, other, "--", "gain:1");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("would both be written to"), result.err());
    assertFalse(Files.exists(results));
  }

  @Test
  void separatorAndStagesAreNeeded() {
    CommandResult separator = CommandResult.of("filter", "--out-dir", results, one, "gain:1");
    assertTrue(separator.err().contains("-- is missing"), separator.err());
    CommandResult stages = CommandResult.of("filter", "--out-dir", results, one, "--");
    assertTrue(stages.err().contains("no stage after --"), stages.err());
    CommandResult files = CommandResult.of("filter", "--out-dir", results, "--", "gain:1");
    assertTrue(files.err().contains("no FILE before --"), files.err());
    CommandResult pipe = CommandResult.of("filter", "--out-dir", results, "-", "--", "gain:1");
    assertTrue(pipe.err().contains("'-' has no file name"), pipe.err());
  }

  @Test
  void folderThatIsAFileIsNamedAsSuch() {
    CommandResult result = CommandResult.of("filter", "--out-dir", one, two, "--", "gain:1");
    assertEquals(2, result.code());
    assertEquals("millrace filter: " + one + ": exists already\n", result.err());
  }
}
