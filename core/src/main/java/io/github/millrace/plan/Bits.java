package io.github.millrace.plan;

import java.util.Locale;

/**
 * Which of a plan's numbers are equal to the last bit: always on one machine with one build, and in
 * any memory, whatever the load and the size of the caches. That a sample is not a number is
 * promised too, but not which of the bit patterns that say so.
 */
public enum Bits {
  /** The same options and the same blocks give the same bits. */
  REPEAT("equal blocks give equal bits"),
  /**
   * A sample depends on its place in the stream alone, counted in frames from reset: any split into
   * blocks and any number of threads gives the same bits. Cascades then run one frame after the
   * other. After {@code restore} the place is the position that the state holds.
   */
  FRAME("the same bits for any split into blocks"),
  /**
   * The stream is cut into cells of {@link #CELL} frames, each filtered by itself from a state that
   * follows from the cells before in one fixed order: any number of threads gives the same bits,
   * and so do several machines that share out the cells. A forward reads whole cells; one that ends
   * inside a cell is the last before flush, reset or restore. Where a stage before changes the
   * number of frames, a cell is what the input's cell yields.
   */
  GRID("the same bits for any number of threads, in cells of " + Bits.CELL + " frames");

  /** Frames of a cell. */
  public static final long CELL = 1L << 20;

  /**
   * Where a cascade that promises {@link #FRAME} drops what has faded: at multiples of this many
   * frames.
   */
  public static final long QUIET_FRAMES = 4096;

  private final String meaning;

  Bits(String meaning) {
    this.meaning = meaning;
  }

  /** The word of the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What it promises, for people. */
  public String describe() {
    return meaning;
  }
}
