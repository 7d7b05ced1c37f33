package io.github.millrace.cli.words;

import io.github.millrace.io.Container;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.ReadOptions;
import io.github.millrace.io.Scale;
import io.github.millrace.io.SignalFiles;
import io.github.millrace.io.SignalReader;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.io.IOException;

/** Coefficients in .npy files: a vector of taps, or a matrix. */
final class CoefficientFile {

  private static final long MOST = 1 << 26;

  private CoefficientFile() {}

  /**
   * All rows of a file, [rows][columns]; a vector is a column; integers are the numbers they are.
   *
   * @throws WordException if the file cannot be read whole or is too large
   */
  static double[][] rows(String path) {
    ReadOptions options =
        ReadOptions.DEFAULT.withContainer(Container.NPY).withAxis(0).withScale(Scale.COUNTS);
    try (SignalReader reader = SignalFiles.open(path, options)) {
      check(path, reader.info());
      int rows = (int) reader.info().frames();
      int columns = reader.info().channels();
      try (SignalBuffer buffer = SignalBuffer.allocate(SampleType.FLOAT64, columns, rows)) {
        reader.read(buffer, 0, rows);
        double[][] values = new double[rows][columns];
        for (int row = 0; row < rows; row++) {
          for (int column = 0; column < columns; column++) {
            values[row][column] = buffer.get(column, row);
          }
        }
        return values;
      }
    } catch (IOException e) {
      throw new WordException(e.getMessage(), e);
    }
  }

  private static void check(String path, FileFormat info) {
    // A signal may be cut short, a filter may not.
    if (!info.notes().isEmpty()) {
      throw new WordException(path + ": " + info.notes().getFirst());
    }
    if (info.frames() * info.channels() > MOST) {
      throw new WordException(
          path
              + " has "
              + info.frames()
              + " x "
              + info.channels()
              + " coefficients, expected at most 2^26");
    }
  }
}
