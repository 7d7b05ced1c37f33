package io.github.millrace.cli.words;

import io.github.millrace.design.Sos;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.SosCascade;
import io.github.millrace.stage.Stage;
import java.util.List;
import java.util.Locale;

/** The words that name a file of coefficients; after the path of taps may come options. */
final class FileWords {

  private static final List<String> NAMES = List.of("fir", "sos", "tf", "mix");
  private static final String SUFFIX = ".npy";

  private FileWords() {}

  /** Whether a word with this name is one that ends in the name of a file. */
  static boolean isFile(String name, String text) {
    int end = pathEnd(text);
    return NAMES.contains(name) && (end == text.length() || (name.equals("fir") && end > 0));
  }

  /** Where the path ends in a word, with options or nothing after it; -1 where there is none. */
  private static int pathEnd(String text) {
    if (Quantity.endsWith(text, SUFFIX)) {
      return text.length();
    }
    int last = text.toLowerCase(Locale.ROOT).lastIndexOf(SUFFIX + ":");
    return last < 0 ? -1 : last + SUFFIX.length();
  }

  /**
   * The stage with the coefficients of the file.
   *
   * @param text the word after its name
   */
  static Stage parse(String name, String text) {
    if (name.equals("fir")) {
      int end = pathEnd(text);
      String path = text.substring(0, end);
      Word options = new Word(name + text.substring(end), StageWord.syntax(name));
      return FirWords.aligned(options, Fir.of(taps(path, CoefficientFile.rows(path))));
    }
    double[][] rows = CoefficientFile.rows(text);
    return switch (name) {
      case "sos" -> new SosCascade(Sos.of(rows));
      case "tf" -> transferFunction(text, rows);
      default -> Mix.matrix(rows);
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
