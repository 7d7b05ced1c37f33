package io.github.millrace.design.state;

import io.github.millrace.design.Sos;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How the state in which a cell of a stream begins follows from the cell before, in operations of
 * one fixed order, so that whoever folds gets the same bits.
 *
 * <p>With s the state in which a cell begins and e the one in which it ends if it begins in
 * silence, the next begins in {@code A^cell s + e}. Where the filter forgets within an eighth of a
 * cell, the first term is nothing and e is a matter of the cell's last frames: {@link #lookFrames}.
 *
 * <p>Immutable, for any thread.
 */
public final class CellFold {

  private static final long PART = 8;

  private final int order;
  private final long look;
  private final double[] power;

  private CellFold(int order, long look, double[] power) {
    this.order = order;
    this.look = look;
    this.power = power;
  }

  /**
   * The fold of a cascade.
   *
   * @param eps how little of a state counts as nothing, see {@link StateSpace#memoryLength}
   * @param cell frames of a cell
   * @return empty where a pole lies on or outside the unit circle: there the state is handed on
   */
  public static Optional<CellFold> of(Sos sos, double eps, long cell) {
    if (!sos.isStable()) {
      return Optional.empty();
    }
    StateSpace space = StateSpace.of(sos);
    OptionalLong memory = space.memoryLength(eps, cell / PART);
    CellFold fold =
        memory.isPresent()
            ? new CellFold(space.order(), memory.getAsLong(), new double[0])
            : new CellFold(space.order(), cell, space.power(cell));
    return Optional.of(fold);
  }

  /** The last frames of a cell that e depends on. */
  public long lookFrames() {
    return look;
  }

  /**
   * Turns e into the state in which the next cell begins. Once a state is not finite, all that
   * follows are NaN.
   *
   * @param start the state in which the cell begins, 2K entries as in {@link StateSpace}
   * @param end e, replaced
   */
  public void next(double[] start, double[] end) {
    for (int row = 0; row < order; row++) {
      double sum = end[row];
      for (int column = 0; power.length > 0 && column <= (row | 1); column++) {
        sum += power[row * order + column] * start[column];
      }
      end[row] = sum;
    }
    if (!isFinite(start)) {
      Arrays.fill(end, Double.NaN);
    }
  }

  /** Whether all entries are. */
  public static boolean isFinite(double[] state) {
    for (double value : state) {
      if (!Double.isFinite(value)) {
        return false;
      }
    }
    return true;
  }
}
