package io.github.millrace.cli.words;

import io.github.millrace.design.Sos;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.SosCascade;
import io.github.millrace.stage.Stage;
import java.util.List;

/** The words that name a file of coefficients: the rest of the word is the path. */
final class FileWords {

  private static final List<String> NAMES = List.of("fir", "sos", "tf", "mix");

  private FileWords() {}

  /** Whether a word with this name is one that ends in the name of a file. */
  static boolean isFile(String name, String text) {
    boolean takesFile = NAMES.contains(name);
    return takesFile && Quantity.endsWith(text, ".npy");
  }

  /** The stage with the coefficients of the file. */
  static Stage parse(String name, String path) {
    double[][] rows = CoefficientFile.rows(path);
    return switch (name) {
      case "sos" -> new SosCascade(Sos.of(rows));
      case "tf" -> transferFunction(path, rows);
      case "mix" -> Mix.matrix(rows);
      default -> Fir.of(taps(path, rows));
    };
  }

  /** Rows b and a, the shorter padded with zeros: what numpy makes of SciPy's pair (b, a). */
  private static SosCascade transferFunction(String path, double[][] rows) {
    if (rows.length != 2) {
      throw new WordException(
          path
              + " has shape "
              + rows.length
              + " x "
              + (rows.length == 0 ? 0 : rows[0].length)
              + ", expected 2 rows, b and a, as numpy.save(FILE, [b, a]) writes them");
    }
    return Iir.of(rows[0], rows[1]);
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
