package io.github.millrace.engine;

import io.github.millrace.plan.Bits;

/** Refuses forwards that would begin inside a cell of a plan that promises {@link Bits#GRID}. */
final class WholeCells {

  private final boolean wanted;
  private long rest;

  WholeCells(Bits bits) {
    wanted = bits == Bits.GRID;
  }

  /** Throws unless a forward may follow the last one. */
  void require() {
    if (wanted && rest != 0) {
      throw new IllegalStateException(
          "the last forward ended "
              + rest
              + " frames into a cell of "
              + Bits.CELL
              + ", which bits grid allows at the end of the stream only; call flush, reset or"
              + " restore before the next forward");
    }
  }

  /** A forward of this many frames is being made. */
  void read(long frames) {
    rest = frames % Bits.CELL;
  }

  /** A stream begins, or goes on from a state. */
  void restart() {
    rest = 0;
  }
}
