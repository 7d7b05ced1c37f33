package io.github.millrace.cli.words;

import io.github.millrace.design.Sos;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.SosCascade;
import io.github.millrace.stage.Stage;

/** The words that name a file of coefficients: the rest of the word is the path. */
final class FileWords {

  private FileWords() {}

  /** Whether a word with this name is one that ends in the name of a file. */
  static boolean isFile(String name, String text) {
    boolean takesFile = name.equals("fir") || name.equals("sos") || name.equals("mix");
    return takesFile && Quantity.endsWith(text, ".npy");
  }

  /** The stage with the coefficients of the file. */
  static Stage parse(String name, String path) {
    double[][] rows = CoefficientFile.rows(path);
    return switch (name) {
      case "sos" -> new SosCascade(Sos.of(rows));
      case "mix" -> Mix.matrix(rows);
      default -> Fir.of(taps(path, rows));
    };
  }

  private static double[] taps(String path, double[][] rows) {
    boolean row = rows.length == 1;
    if (!row && rows.length > 0 && rows[0].length != 1) {
      throw new WordException(
          path
              + " has shape "
              + rows.length
              + " x "
              + rows[0].length
              + ", expected one row of taps");
    }
    double[] taps = new double[row ? rows[0].length : rows.length];
    for (int k = 0; k < taps.length; k++) {
      taps[k] = row ? rows[0][k] : rows[k][0];
    }
    return taps;
  }
}
