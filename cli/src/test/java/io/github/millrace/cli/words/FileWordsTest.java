package io.github.millrace.cli.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.design.Sos;
import io.github.millrace.io.Encoding;
import io.github.millrace.io.SignalFiles;
import io.github.millrace.io.SignalWriter;
import io.github.millrace.io.WriteOptions;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.SosCascade;
import io.github.millrace.stage.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Coefficients from .npy files, whose path is the rest of the word. */
class FileWordsTest {

  @TempDir private Path folder;

  /** Writes an array [rows][columns]. */
  private String npy(String name, Encoding encoding, double[][] rows) throws IOException {
    String path = folder.resolve(name).toString();
    int columns = rows[0].length;
    WriteOptions options = WriteOptions.of(encoding, 0, columns).withFrames(rows.length);
    double[] interleaved = new double[rows.length * columns];
    for (int i = 0; i < interleaved.length; i++) {
      interleaved[i] = rows[i / columns][i % columns];
    }
    try (SignalBuffer buffer = SignalBuffer.ofInterleaved(interleaved, columns);
        SignalWriter writer = SignalFiles.create(path, options)) {
      writer.write(buffer, 0, rows.length);
      writer.commit();
    }
    return path;
  }

  private static Stage parse(String word) {
    return StageWord.parseAll(List.of(word)).getFirst().stage();
  }

  private static String refusal(String word) {
    return assertThrows(WordException.class, () -> parse(word)).getMessage();
  }

  @Test
  void sectionsOfSciPy() throws IOException {
    double[][] rows = {{1, 2, 3, 1, 0.5, 0.25}, {0.5, 0, 0, 1, -0.5, 0.125}};
    String path = npy("a:b=c.npy", Encoding.F64, rows);
    assertEquals(new SosCascade(Sos.of(rows)), parse("sos:" + path));
  }

  @Test
  void tapsInAColumnOrARow() throws IOException {
    String column = npy("column.npy", Encoding.F64, new double[][] {{1}, {-2}, {0.5}});
    String row = npy("row.npy", Encoding.F32, new double[][] {{1, -2, 0.5}});
    assertEquals(Fir.of(1, -2, 0.5), parse("fir:" + column));
    assertEquals(Fir.of(1, -2, 0.5), parse("fir:" + row));
  }

  @Test
  void tapsAreFollowedByTheirAlignment() throws IOException {
    Fir fir = Fir.of(1, -2, 1);
    String path = npy("a.npy:b.npy", Encoding.F64, new double[][] {{1, -2, 1}});
    assertEquals(fir.withTail(), parse("fir:" + path + ":tail"));
    assertEquals(fir.withDelay(0), parse("fir:" + path + ":delay=0"));
    assertEquals(fir.advanced(2), parse("fir:" + path + ":advance=2"));
    assertTrue(refusal("fir:" + path + ":advance=3").contains("expected at most 2"));
    assertTrue(refusal("fir:" + path + ":delay=0:tail").contains("exclude each other"));
    assertTrue(refusal("fir:" + path + ":tial").contains("one too many"));
    assertTrue(refusal("fir:low:5k:taps=4:delay=0").contains("that of 4 taps is 1.5"));
  }

  @Test
  void mixHasARowPerOutput() throws IOException {
    double[][] weights = {{1, 0, 0.5}, {0, 1, 0.5}};
    assertEquals(Mix.matrix(weights), parse("mix:" + npy("mix.npy", Encoding.F64, weights)));
  }

  @Test
  void transferFunctionsAreRowsOfBAndA() throws IOException {
    double[][] rows = {{0.25, 0.5, 0.25}, {2, -0.5, 0.25}};
    assertEquals(Iir.of(rows[0], rows[1]), parse("tf:" + npy("tf.npy", Encoding.F64, rows)));
    String columns = npy("c.npy", Encoding.F64, new double[][] {{1, 2}, {0.5, 1}, {0.25, 0}});
    assertTrue(refusal("tf:" + columns).contains("has shape 3 x 2, expected 2 rows, b and a"));
    String zero = npy("z.npy", Encoding.F64, new double[][] {{1, 2}, {0, 1}});
    assertTrue(refusal("tf:" + zero).contains("a[0] is 0"));
    assertTrue(refusal("tf:coefficients").contains("does not end in .npy: tf:FILE.npy"));
  }

  @Test
  void integersAreTheNumbersTheyAre() throws IOException {
    double[][] step = {{0x1p-15}, {-0x1p-14}, {1000 * 0x1p-15}};
    assertEquals(Fir.of(1, -2, 1000), parse("fir:" + npy("s16.npy", Encoding.S16, step)));
    double[][] wide = {{0x1p-63}, {-0x1p-62}};
    assertEquals(Fir.of(1, -2), parse("fir:" + npy("s64.npy", Encoding.S64, wide)));
    double[][] section = {{1, 2, 3, 1, 0, -1}};
    for (double[] row : section) {
      Arrays.setAll(row, i -> row[i] * 0x1p-31);
    }
    assertEquals(
        new SosCascade(Sos.of(new double[][] {{1, 2, 3, 1, 0, -1}})),
        parse("sos:" + npy("s32.npy", Encoding.S32, section)));
  }

  @Test
  void coefficientsThatAreCutShortAreRefused() throws IOException {
    String path = npy("cut.npy", Encoding.F64, new double[][] {{1}, {-2}, {0.5}});
    byte[] whole = Files.readAllBytes(Path.of(path));
    Files.write(Path.of(path), Arrays.copyOf(whole, whole.length - 8));
    String expected = "cut.npy: is cut short: the header promises 3 frames, 2 are there";
    assertTrue(refusal("fir:" + path).endsWith(expected), refusal("fir:" + path));
  }

  @Test
  void wrongShapesAreRefused() throws IOException {
    String path = npy("five.npy", Encoding.F64, new double[][] {{1, 2, 3, 1, 5}, {1, 2, 3, 1, 5}});
    assertTrue(refusal("sos:" + path).contains("has 5 columns, expected [b0 b1 b2 1 a1 a2]"));
    assertTrue(refusal("fir:" + path).contains("has shape 2 x 5, expected one row of taps"));
  }
}
