package io.github.millrace.run;

import io.github.millrace.plan.Bits;
import io.github.millrace.plan.Length;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.run.Turns.Work;
import io.github.millrace.signal.StreamFormat;

/** How long the blocks of a run are, and what memory they take. */
public final class RunSizes {

  /** Threads: while one waits for the disk, others convert and filter. */
  private static final int MOST_THREADS = 3;

  /**
   * Input bytes of a block. Runs of 110 and 330 MB on two threads took with 0.5, 1, 2 and 4 MiB
   * 0.27, 0.27, 0.26 and 0.24 s, and 0.51, 0.51, 0.50 and 0.50 s (2-core Zen 4 VM, November 2026).
   */
  private static final long BLOCK_BYTES = 4 << 20;

  /**
   * The same where samples travel: a copy of 4 MiB reached 50 GB/s of the link's 55, one of 16 MiB
   * 54 (NVIDIA H200, PCIe 5, November 2026).
   */
  private static final long TRAVELLING_BYTES = 8 << 20;

  /** What a backend page-locks is taken from all programs of the machine. */
  private static final long MOST_PINNED_BYTES = 256 << 20;

  private static final long FEWEST_FRAMES = 16;

  private RunSizes() {}

  /**
   * The input frames that are read, filtered and written at a time.
   *
   * @param plan the plan to be run
   * @param totalFrames length of the signal, or -1
   */
  public static long blockFrames(Plan plan, long totalFrames) {
    if (!plan.transfers()) {
      return blockFrames(plan.inputFormat(), totalFrames, plan.decision().options());
    }
    StreamFormat in = plan.inputFormat();
    long frames = Math.max(FEWEST_FRAMES, TRAVELLING_BYTES / frameBytes(in));
    while (frames > FEWEST_FRAMES && Work.KINDS * hostBytes(plan, frames) > MOST_PINNED_BYTES) {
      frames /= 2;
    }
    return totalFrames < 0 ? frames : Math.clamp(totalFrames, 1, frames);
  }

  /** Bytes of a frame of all planes. */
  static long frameBytes(StreamFormat format) {
    return (long) format.planes() * format.type().bytes();
  }

  private static long blockFrames(StreamFormat in, long totalFrames, PlanOptions options) {
    long frames = Math.max(FEWEST_FRAMES, BLOCK_BYTES / frameBytes(in));
    if (options.bits() == Bits.GRID) {
      // whole cells, and one for each thread
      frames = Bits.CELL * Math.ceilDiv(options.threadCount(), in.channels());
    }
    return totalFrames < 0 ? frames : Math.clamp(totalFrames, 1, frames);
  }

  /**
   * The length for which a run's plan is best prepared: the signal's, rounded up to one of eight in
   * an octave, so that a plan serves all signals of about that length.
   *
   * @param in what the plan reads
   * @param totalFrames length of the signal, or -1
   * @param options the others for the plan
   */
  public static Length length(StreamFormat in, long totalFrames, PlanOptions options) {
    Length whole = new Length(0, Math.max(0, totalFrames)).rounded();
    long rounded = totalFrames < 0 ? -1 : whole.totalFrames();
    return new Length(blockFrames(in, rounded, options), whole.totalFrames());
  }

  /**
   * The bytes of the host's memory in all blocks of a run, which do not grow with its length.
   *
   * @param plan the plan to be run
   * @param totalFrames length of the signal, or -1
   */
  public static long memoryBytes(Plan plan, long totalFrames) {
    long frames = blockFrames(plan, totalFrames);
    return (totalFrames == frames ? 1 : threads(plan)) * hostBytes(plan, frames);
  }

  private static long hostBytes(Plan plan, long frames) {
    long bytes = frames * frameBytes(plan.inputFormat());
    return plan.keepsLength()
        ? bytes
        : bytes + plan.maxOutputFrames(frames) * frameBytes(plan.outputFormat());
  }

  /** One for each kind of work where most of them only wait for the device. */
  static int threads(Plan plan) {
    return plan.transfers()
        ? Work.KINDS
        : Math.min(Runtime.getRuntime().availableProcessors(), MOST_THREADS);
  }
}
