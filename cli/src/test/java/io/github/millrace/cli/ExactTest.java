package io.github.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.io.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --exact}: files are equal byte for byte where the promise says so. */
class ExactTest {

  /** Two cells and a part of one. */
  private static final int FRAMES = (2 << 20) + 70_000;

  @TempDir private Path folder;

  /** Blocks of one cell, and of as many as there are threads. */
  @ParameterizedTest
  @CsvSource({"grid, java", "grid, auto", "frame, auto"})
  void threadsDoNotMatter(String exact, String backend) throws IOException {
    double[][] noise = TestSignal.noise(1, FRAMES, 0.4);
    Path in = TestSignal.write(folder.resolve("in.wav"), Encoding.F32, 48_000, noise);
    byte[] one = filter(in, exact, backend, 1);
    for (int threads : new int[] {2, 3}) {
      assertEquals(-1, Arrays.mismatch(one, filter(in, exact, backend, threads)));
    }
  }

  private byte[] filter(Path in, String exact, String backend, int threads) throws IOException {
    Path out = folder.resolve("out" + threads + ".wav");
    Object[] words = {
      "filter",
      "-y",
      "--exact=" + exact,
      "--backend=" + backend,
      "--threads=" + threads,
      in,
      out,
      "butter:high:20:order=4",
      "gain:0.5",
      "fir:low:8k:taps=301"
    };
    CommandResult result = CommandResult.of(words);
    assertEquals(0, result.code(), result.err());
    return Files.readAllBytes(out);
  }

  @Test
  void explainSaysWhatIsPromised() {
    String text = explain();
    assertTrue(text.contains("exact      repeat: equal blocks give equal bits"), text);
    text = explain("--exact=frame", "--threshold=5");
    assertTrue(text.contains("threshold 5 not followed: bits frame leaves no choice"), text);
    assertTrue(text.contains("exact      frame: the same bits for any split into blocks"), text);
    assertTrue(text.contains("threshold  never parallel in time (for the promised bits)"), text);
    text = explain("--exact=GRID");
    assertTrue(text.contains("in cells of 1048576 frames"), text);
    assertTrue(text.contains("in blocks of 1,048,576 frames"), text);
  }

  private static String explain(String... options) {
    Object[] words = new Object[options.length + 5];
    words[0] = "explain";
    System.arraycopy(options, 0, words, 1, options.length);
    System.arraycopy(
        new Object[] {"--backend=native", "--frames=5000000", "--threads=1", "butter:low:5k"},
        0,
        words,
        options.length + 1,
        4);
    CommandResult result = CommandResult.of(words);
    assertEquals(0, result.code(), result.err());
    return result.text();
  }

  @Test
  void anotherWordIsRefused() {
    CommandResult result = CommandResult.of("explain", "--exact=gird", "gain:1");
    assertEquals(1, result.code());
    assertTrue(result.err().contains("--exact"), result.err());
    assertTrue(result.err().contains("grid"), result.err());
  }
}
