package io.github.millrace.design.state;

import io.github.millrace.design.Sos;
import java.util.Arrays;

/**
 * One row C A^t in double-double, stepped in t.
 *
 * <p>Multiplying a row by A from the right is the adjoint of one frame of the cascade: from the
 * last section to the first, 5 products a section, instead of the (2K)^2 / 2 of the matrix.
 */
final class OutputRow {
  private final double[][] rows;
  private final DoubleDouble[] row;

  OutputRow(Sos sos, DoubleDouble[] start) {
    rows = sos.toArray();
    row = Arrays.copyOf(start, start.length);
  }

  void copyTo(double[] table, int offset) {
    for (int j = 0; j < row.length; j++) {
      table[offset + j] = row[j].toDouble();
    }
  }

  void step() {
    // what the sections behind make of this section's output, the other way round
    DoubleDouble behind = DoubleDouble.ZERO;
    for (int section = rows.length - 1; section >= 0; section--) {
      double[] c = rows[section];
      DoubleDouble first = row[2 * section];
      DoubleDouble second = row[2 * section + 1];
      DoubleDouble out = behind.minus(first.times(c[4])).minus(second.times(c[5]));
      behind = out.times(c[0]).plus(first.times(c[1])).plus(second.times(c[2]));
      row[2 * section] = out;
      row[2 * section + 1] = first;
    }
  }
}
