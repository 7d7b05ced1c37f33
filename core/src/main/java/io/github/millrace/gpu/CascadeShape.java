package io.github.millrace.gpu;

import io.github.millrace.design.Sos;
import java.util.Arrays;
import java.util.Map;

/**
 * How a cascade is cut for a device: banks of sections that run at once, filled up with sections
 * that pass everything, over tiles of consecutive frames.
 *
 * @param sections of the user
 * @param bank sections at a time
 * @param banks how many times
 */
record CascadeShape(int sections, int bank, int banks) {

  /** Frames of an item: with 64, 128 and 16 the tile kernel was no faster on PoCL. */
  static final int FRAMES = 32;

  /** Items of a work-group: two warps, and a tile of 2,048 frames. */
  static final int ITEMS = 64;

  static final int LEVELS = Integer.numberOfTrailingZeros(ITEMS);
  static final int TILE = FRAMES * ITEMS;

  private static final int LARGEST_BANK = 8;

  /** The shape for this many sections. */
  static CascadeShape of(int sections) {
    int banks = (sections + LARGEST_BANK - 1) / LARGEST_BANK;
    return new CascadeShape(sections, (sections + banks - 1) / banks, banks);
  }

  /** State values of a channel. */
  int states() {
    return 2 * bank * banks;
  }

  /** State values of a bank. */
  int order() {
    return 2 * bank;
  }

  /** The cascade, filled up. */
  Sos fill(Sos sos) {
    double[][] rows = Arrays.copyOf(sos.toArray(), bank * banks);
    for (int s = sections; s < rows.length; s++) {
      rows[s] = new double[] {1, 0, 0, 1, 0, 0};
    }
    return Sos.of(rows);
  }

  /** The sections of one bank of a filled cascade. */
  Sos bank(Sos filled, int index) {
    return Sos.of(Arrays.copyOfRange(filled.toArray(), index * bank, (index + 1) * bank));
  }

  /** The compile-time constants. */
  Map<String, Integer> constants() {
    return Map.of("BANK", bank, "BANKS", banks, "FRAMES", FRAMES, "LEVELS", LEVELS);
  }
}
