package io.github.millrace.bench;

import io.github.millrace.choice.Backends;
import io.github.millrace.choice.Environment;
import io.github.millrace.choice.Planner;
import io.github.millrace.choice.cost.Profile;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import java.util.Locale;

/**
 * The largest difference between an output and that of the Java reference backend, which is fed the
 * same samples widened to float64, so that nothing is rounded but the output under test. One
 * thread.
 */
public final class OutputCheck {

  /** The reference runs block by block, in little memory. */
  private static final long BLOCK = 1 << 15;

  private final SignalBuffer actual;
  private double peak;
  private double largest;
  private long compared;

  private OutputCheck(SignalBuffer actual) {
    this.actual = actual;
  }

  /**
   * The error of a whole stream.
   *
   * @param bench what was computed
   * @param in the input
   * @param out the output from the first frame to the last flushed one
   * @return largest difference, relative to the reference's largest sample; NaN if either is not
   *     finite
   * @throws WrongOutputException if the output has more or fewer frames
   */
  static double maxError(BenchCase bench, SignalBuffer in, SignalBuffer out) {
    StreamFormat format = bench.format().withType(SampleType.FLOAT64);
    OutputCheck check = new OutputCheck(out);
    try (Plan reference = reference(bench, format);
        SignalBuffer wide = SignalBuffer.allocate(format, BLOCK);
        SignalBuffer expected = SignalBuffer.allocate(reference.outputFormat(), room(reference))) {
      for (long at = 0; at < in.frames(); at += BLOCK) {
        SignalBuffer block = wide.slice(0, Math.min(BLOCK, in.frames() - at));
        widen(in, at, block);
        check.compare(expected, reference.forward(block, expected));
      }
      check.compare(expected, reference.flush(expected));
    }
    if (check.compared != out.frames()) {
      throw new WrongOutputException(
          bench.describe()
              + ": output has "
              + out.frames()
              + " frames, that of the Java reference "
              + check.compared);
    }
    return check.error();
  }

  /**
   * The error of a whole stream, as {@link #maxError} has it.
   *
   * @param backend what computed the output
   * @throws WrongOutputException if it is larger than rounding explains
   */
  public static double require(BenchCase bench, String backend, SignalBuffer in, SignalBuffer out) {
    double error = maxError(bench, in, out);
    double tolerance = Tolerance.of(bench);
    if (!(error <= tolerance)) {
      throw new WrongOutputException(
          String.format(
              Locale.ROOT,
              "%s on %s: output differs from the Java reference by %.1e of its peak, expected at"
                  + " most %.1e",
              bench.describe(),
              backend,
              error,
              tolerance));
    }
    return error;
  }

  private static Plan reference(BenchCase bench, StreamFormat format) {
    Environment bare = Environment.of(Profile.EMPTY);
    PlanOptions java = PlanOptions.DEFAULTS.withBackend("java");
    return new Planner(Backends.all(), bare).prepare(bench.workload().pipeline(), format, java);
  }

  private static long room(Plan reference) {
    return Math.max(reference.maxOutputFrames(BLOCK), reference.flushFrames());
  }

  private static void widen(SignalBuffer in, long from, SignalBuffer block) {
    for (int plane = 0; plane < block.planes(); plane++) {
      for (long i = 0; i < block.frames(); i++) {
        block.set(plane, i, in.get(plane, from + i));
      }
    }
  }

  private void compare(SignalBuffer expected, long frames) {
    long common = Math.max(0, Math.min(frames, actual.frames() - compared));
    for (int plane = 0; plane < actual.planes(); plane++) {
      for (long i = 0; i < common; i++) {
        double right = expected.get(plane, i);
        peak = Math.max(peak, Math.abs(right));
        largest = Math.max(largest, Math.abs(actual.get(plane, compared + i) - right));
      }
    }
    compared += frames;
  }

  /** 0 where both are silent. */
  private double error() {
    return largest == 0 && peak == 0 ? 0 : largest / peak;
  }
}
