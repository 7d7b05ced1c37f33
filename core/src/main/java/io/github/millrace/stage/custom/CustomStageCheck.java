package io.github.millrace.stage.custom;

import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.CustomKernel;
import io.github.millrace.stage.CustomStage;
import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/**
 * Holds a {@link CustomStage} to what plans rely on: counts within what it declares, the same
 * output for any split of the stream, after reset, and from a state that was taken and set, and
 * kernels that know nothing of each other. For a test of one's own:
 *
 * <pre>{@code CustomStageCheck.of(new Limiter(0.5), new StreamFormat(48_000, 2, FLOAT64)).run();}
 * </pre>
 *
 * <p>Feeds seeded noise in (-1, 1). Used once.
 */
public final class CustomStageCheck {

  private static final int FRAMES = 3_000;
  private static final double TOLERANCE = 1e-12;

  private final CustomStage stage;
  private final StreamFormat in;
  private final double[][] signal;

  private CustomStageCheck(CustomStage stage, StreamFormat in) {
    this.stage = stage;
    this.in = in;
    SplittableRandom random = new SplittableRandom(1);
    signal = new double[in.planes()][];
    Arrays.setAll(signal, p -> random.doubles(FRAMES, -1, 1).toArray());
  }

  /**
   * A check of a stage on streams of a format that it accepts; try one channel and several.
   *
   * @throws IllegalArgumentException if the stage refuses the format
   */
  public static CustomStageCheck of(CustomStage stage, StreamFormat in) {
    Objects.requireNonNull(stage.output(in), "output");
    return new CustomStageCheck(stage, in);
  }

  /**
   * Runs the whole check.
   *
   * @throws IllegalStateException with what was found and what was expected, at the first fault
   */
  public void run() {
    require(!stage.describe().isBlank(), "describe is blank, expected a few words");
    double[][] expected = stream("one block", FRAMES, kernel -> {});
    SplittableRandom random = new SplittableRandom(2);
    for (int length : new int[] {1, 7, 1_023, 1_024, 1_025}) {
      requireEqual("blocks of " + length, expected, split(() -> length));
    }
    requireEqual("blocks of any length", expected, split(() -> 1 + random.nextInt(400)));
    requireReset(expected);
    requireApart(expected);
    requireState(expected);
    requireLatency(expected);
  }

  private interface Before {
    void with(KernelRun run);
  }

  private double[][] split(IntSupplier length) {
    try (KernelRun run = open("a split")) {
      run.read(signal, 0, FRAMES, length);
      run.flush();
      return run.written();
    }
  }

  private double[][] stream(String name, int block, Before before) {
    try (KernelRun run = open(name)) {
      before.with(run);
      run.read(signal, 0, FRAMES, () -> block);
      run.flush();
      return run.written();
    }
  }

  private KernelRun open(String name) {
    CustomKernel kernel = stage.kernel(in);
    require(kernel != null, "kernel is null");
    return new KernelRun(name, stage, kernel, stage.output(in).planes());
  }

  private void requireReset(double[][] expected) {
    Before half =
        run -> {
          run.read(signal, 1, FRAMES / 2, () -> 64);
          run.reset();
        };
    requireEqual("reset in mid-stream", expected, stream("reset in mid-stream", 100, half));
    Before all =
        run -> {
          run.read(signal, 1, FRAMES, () -> 999);
          run.flush();
          run.reset();
        };
    requireEqual("reset after flush", expected, stream("reset after flush", 100, all));
  }

  private void requireState(double[][] expected) {
    for (int cut : new int[] {0, 1, 2, 1_000, FRAMES}) {
      String where = "state taken after " + cut + " frames";
      try (KernelRun first = open(where);
          KernelRun second = open(where)) {
        first.read(signal, 0, cut, () -> 33);
        double[] state = first.kernel().state();
        double[] kept = state.clone();
        second.read(signal, 5, 300, () -> 50);
        second.reset();
        second.continueAfter(first);
        second.kernel().restore(state);
        require(
            Arrays.equals(second.kernel().state(), kept),
            where + " and set elsewhere is another state there, expected the same");
        Arrays.fill(state, 0.123);
        first.read(signal, cut, FRAMES, () -> 34);
        first.flush();
        requireEqual(where + " and spoilt, in the kernel that gave it", expected, first.written());
        second.read(signal, cut, FRAMES, () -> 35);
        second.flush();
        requireEqual(where + " and set in another kernel", expected, second.written());
      }
    }
  }

  private void requireApart(double[][] expected) {
    String where = "two kernels that take turns";
    try (KernelRun first = open(where);
        KernelRun second = open(where)) {
      for (int at = 0; at < FRAMES; at += 100) {
        first.read(signal, at, at + 100, () -> 100);
        second.read(signal, FRAMES - at - 100, FRAMES - at, () -> 100);
      }
      first.flush();
      requireEqual(where, expected, first.written());
    }
  }

  /** Where as many frames come out as go in, how many are held back can be counted. */
  private void requireLatency(double[][] expected) {
    if (expected[0].length != FRAMES) {
      return;
    }
    try (KernelRun run = open("latency")) {
      for (int at = 0; at < FRAMES; at++) {
        run.read(signal, at, at + 1, () -> 1);
        int heldBack = at + 1 - run.written()[0].length;
        require(
            heldBack <= run.kernel().latencyFrames(),
            heldBack
                + " frames are held back after "
                + (at + 1)
                + ", latencyFrames says at most "
                + run.kernel().latencyFrames());
      }
    }
  }

  private void requireEqual(String where, double[][] expected, double[][] actual) {
    for (int p = 0; p < expected.length; p++) {
      double peak = Arrays.stream(expected[p]).map(Math::abs).max().orElse(0);
      require(
          actual[p].length == expected[p].length,
          where
              + ": "
              + actual[p].length
              + " frames were written, "
              + expected[p].length
              + " in one block");
      for (int i = 0; i < expected[p].length; i++) {
        double distance = Math.abs(actual[p][i] - expected[p][i]);
        boolean same = Double.compare(actual[p][i], expected[p][i]) == 0;
        require(
            same || distance <= TOLERANCE * peak,
            where
                + ": frame "
                + i
                + " of plane "
                + p
                + " is "
                + actual[p][i]
                + ", in one block it is "
                + expected[p][i]);
      }
    }
  }

  private void require(boolean holds, String fault) {
    if (!holds) {
      throw new IllegalStateException("stage " + stage.describe() + ": " + fault);
    }
  }
}
