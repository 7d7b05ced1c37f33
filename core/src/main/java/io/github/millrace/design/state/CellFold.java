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

  private final long look;
  private final Optional<StateJoin> join;

  private CellFold(long look, Optional<StateJoin> join) {
    this.look = look;
    this.join = join;
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
            ? new CellFold(memory.getAsLong(), Optional.empty())
            : new CellFold(cell, Optional.of(space.join(cell)));
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
    if (join.isPresent()) {
      join.get().next(start, end);
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
