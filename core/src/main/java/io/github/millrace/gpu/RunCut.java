package io.github.millrace.gpu;

import io.github.millrace.design.Sos;
import io.github.millrace.design.state.StateSpace;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import java.util.OptionalLong;

/**
 * How a block of one channel is cut into runs that work-groups filter side by side. A filter that
 * forgets within a run needs the end of the run before only; one that does not needs all of it, and
 * a scan over the runs.
 */
final class RunCut {

  /** One way to cut. */
  static final class Cut {
    private long runs;
    private long frames;
    private long skip;
    private int power;

    /** Number of runs. */
    long runs() {
      return runs;
    }

    /** Frames of each but the last. */
    long frames() {
      return frames;
    }

    /** Frames of the run before that do not matter. */
    long skip() {
      return skip;
    }

    /** Index of the run length whose power of A joins the runs; -1 where none is needed. */
    int power() {
      return power;
    }
  }

  /** Run lengths for filters that do not forget within a run. */
  static final long[] LENGTHS = {1 << 12, 1 << 14, 1 << 16, 1 << 18, 1 << 20};

  /** Tiles of the shortest run: a shorter one is over before another work-group would pay. */
  private static final long LEAST_TILES = 2;

  /** A filter that takes longer than this to forget counts as one that never does. */
  private static final long LONGEST_DECAY = 1 << 20;

  private static final int GROUPS_PER_CPU_UNIT = 4;
  private static final int GROUPS_PER_GPU_UNIT = 8;

  private final int tile;
  private final long target;
  private final OptionalLong decay;
  private final Cut cut = new Cut();

  /**
   * The cut for a cascade.
   *
   * @param tile frames of a tile
   */
  RunCut(Sos sos, StreamFormat in, Limits limits, int tile) {
    this.tile = tile;
    long groups =
        (long) limits.computeUnits() * (limits.cpu() ? GROUPS_PER_CPU_UNIT : GROUPS_PER_GPU_UNIT);
    target = Math.max(1, groups / in.channels());
    double eps = in.type() == SampleType.FLOAT64 ? 1e-17 : 1e-12;
    decay =
        target > 1 && sos.isStable()
            ? StateSpace.of(sos).memoryLength(eps, LONGEST_DECAY)
            : OptionalLong.empty();
  }

  /** The most runs that {@link #of} makes. */
  long mostRuns() {
    return target;
  }

  /** The most frames that {@link #of} cuts at once. */
  long mostFrames() {
    return target == 1 ? Long.MAX_VALUE : target * LENGTHS[LENGTHS.length - 1];
  }

  /** Whether some block may need a scan over its runs. */
  boolean mayScan() {
    return target > 1 && (decay.isEmpty() || decay.getAsLong() > LENGTHS[0]);
  }

  /** Cuts a block; the answer is good until the next. */
  Cut of(long frames) {
    long forgetful = Long.MAX_VALUE;
    if (decay.isPresent()) {
      long length = Math.max(LEAST_TILES * tile, roundUp(decay.getAsLong()));
      length = Math.max(length, roundUp((frames + target - 1) / target));
      forgetful = length < frames ? length + roundUp(decay.getAsLong()) : Long.MAX_VALUE;
      set(length, frames, length - roundUp(decay.getAsLong()), -1);
    }
    int power = 0;
    while (power < LENGTHS.length - 1 && LENGTHS[power] * target < frames) {
      power++;
    }
    long scanned = LENGTHS[power] < frames ? 2 * LENGTHS[power] : Long.MAX_VALUE;
    if (target == 1 || Math.min(forgetful, scanned) >= frames) {
      set(roundUp(frames), frames, 0, -1);
    } else if (scanned < forgetful && mayScan()) {
      set(LENGTHS[power], frames, 0, power);
    }
    return cut;
  }

  /** What {@link #of} answered last. */
  Cut last() {
    return cut;
  }

  private void set(long length, long frames, long skip, int power) {
    cut.frames = length;
    cut.runs = (frames + length - 1) / length;
    cut.skip = skip;
    cut.power = power;
  }

  private long roundUp(long frames) {
    return Math.max(1, (frames + tile - 1) / tile) * tile;
  }
}
