package io.github.millrace.gpu;

import io.github.millrace.design.Sos;
import io.github.millrace.signal.SampleType;
import java.util.Arrays;
import java.util.Map;

/**
 * How a cascade is cut for a device: banks of sections that run at once, filled up with sections
 * that pass everything, over tiles of consecutive frames.
 *
 * @param sections of the user
 * @param bank sections at a time
 * @param banks how many times
 * @param frames consecutive frames of a segment
 * @param lanes segments of a work-item
 */
record CascadeShape(int sections, int bank, int banks, int frames, int lanes) {

  /** Segments of a tile: on a GPU, two warps. */
  static final int SEGMENTS = 64;

  static final int LEVELS = Integer.numberOfTrailingZeros(SEGMENTS);

  /** Sections whose tables and states fit 48 KiB on the chip beside a tile of float64. */
  private static final int LARGEST_BANK = 4;

  /**
   * On a CPU longer segments make less of the scan: 4 sections, float32 samples, 658 against 495
   * million frames a second with 64 and 32 (PoCL 3.1 on a 2-core Zen 5 VM, AVX-512, November 2026).
   */
  private static final int CPU_FRAMES = 64;

  private static final int GPU_FRAMES = 32;

  /** The shape for this many sections. */
  static CascadeShape of(int sections, Arithmetic types, Limits limits) {
    int banks = (sections + LARGEST_BANK - 1) / LARGEST_BANK;
    int bank = (sections + banks - 1) / banks;
    int frames = limits.cpu() ? CPU_FRAMES : GPU_FRAMES;
    SampleType real = types.real();
    // what cascade.cl keeps on the chip: states of segments, of the tile; frames of it, of its tail
    long fixed = (2L * 2 * bank * 3 * SEGMENTS / 2 + 2L * bank * banks) * types.state().bytes();
    while (frames > 1 && fixed + frames * (SEGMENTS + 2L) * Double.BYTES > limits.localBytes()) {
      frames /= 2;
    }
    return new CascadeShape(sections, bank, banks, frames, limits.lanes(real));
  }

  /** Frames of a tile. */
  int tile() {
    return frames * SEGMENTS;
  }

  /** Items of a work-group. */
  int items() {
    return SEGMENTS / lanes;
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

  /** What runs such a cascade in these types. */
  KernelSource source(Arithmetic types) {
    return types.source(
        "cascade",
        items(),
        Map.of("BANK", bank, "BANKS", banks, "FRAMES", frames, "LEVELS", LEVELS, "LANES", lanes));
  }
}
