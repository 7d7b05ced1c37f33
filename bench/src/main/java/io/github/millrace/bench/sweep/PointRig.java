package io.github.millrace.bench.sweep;

import io.github.millrace.bench.BenchCase;
import io.github.millrace.bench.Copier;
import io.github.millrace.bench.CopyMethod;
import io.github.millrace.bench.Rig;
import io.github.millrace.bench.Rounds;
import io.github.millrace.plan.PlanOptions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Both paths of a curve at one length, each with a plan and buffers of its own. One thread. */
final class PointRig implements AutoCloseable {

  private final SweepCurve curve;
  private final long frames;
  private final Rig sequential;

  /** Null where there is one path only. */
  private final Rig parallel;

  private PointRig(SweepCurve curve, long frames, Rig sequential, Rig parallel) {
    this.curve = curve;
    this.frames = frames;
    this.sequential = sequential;
    this.parallel = parallel;
  }

  /**
   * Prepares the paths. A backend that does not follow a threshold, or on which one changes nothing
   * of what a plan says of itself, has one path.
   *
   * @throws io.github.millrace.plan.BackendException if the device cannot run it
   */
  static PointRig open(SweepCurve curve, long frames) {
    Rig sequential = Rig.openFew(bench(curve, frames, Long.MAX_VALUE));
    try {
      Rig parallel = curve.sections() == 0 ? null : Rig.openFew(bench(curve, frames, 0));
      if (parallel != null && isOnePath(sequential, parallel)) {
        parallel.close();
        parallel = null;
      }
      return new PointRig(curve, frames, sequential, parallel);
    } catch (RuntimeException | Error e) {
      sequential.close();
      throw e;
    }
  }

  private static boolean isOnePath(Rig sequential, Rig parallel) {
    return parallel.decision().options().threshold().isEmpty()
        || sequential.describe().equals(parallel.describe());
  }

  private static BenchCase bench(SweepCurve curve, long frames, long threshold) {
    BenchCase bench = curve.bench(frames);
    PlanOptions options = bench.options().withThreshold(threshold);
    return new BenchCase(bench.workload(), bench.type(), bench.channels(), frames, options);
  }

  /** Runs each path for a while. */
  void warmUp(long nanos) {
    new Rounds(nanos, 1, 3, 1).seconds(tasks());
  }

  private Runnable[] tasks() {
    return parallel == null
        ? new Runnable[] {sequential::forward}
        : new Runnable[] {sequential::forward, parallel::forward};
  }

  /**
   * Checks the output of each path, then times them in turn.
   *
   * @throws io.github.millrace.bench.WrongOutputException if an output is wrong
   */
  SweepPoint measure(Effort effort) {
    double error = sequential.check();
    if (parallel != null) {
      error = Math.max(error, parallel.check());
    }
    SweepPoint point = point(effort.rounds().seconds(tasks()), error);
    for (int i = 1; i < effort.most() && !point.isDecided(); i++) {
      point = joined(point, point(effort.rounds().seconds(tasks()), error));
    }
    return point;
  }

  private SweepPoint point(double[][] seconds, double error) {
    List<Double> second = seconds.length > 1 ? list(seconds[1]) : List.of();
    return new SweepPoint(curve, frames, list(seconds[0]), second, error);
  }

  private static SweepPoint joined(SweepPoint a, SweepPoint b) {
    List<Double> sequential = join(a.sequential(), b.sequential());
    List<Double> parallel = join(a.parallel(), b.parallel());
    return new SweepPoint(a.curve(), a.frames(), sequential, parallel, a.maxError());
  }

  private static List<Double> join(List<Double> a, List<Double> b) {
    return Stream.concat(a.stream(), b.stream()).toList();
  }

  private static List<Double> list(double... seconds) {
    return Arrays.stream(seconds).boxed().toList();
  }

  /** Checks and times the copy of the host's memory, the faster way of the two. */
  static SweepPoint copy(SweepCurve curve, long frames, Effort effort) {
    try (Copier copier = Copier.openFew(curve.bench(frames))) {
      for (CopyMethod method : CopyMethod.values()) {
        copier.check(method);
      }
      double[][] seconds =
          effort
              .rounds()
              .seconds(() -> copier.copy(CopyMethod.LIBC), () -> copier.copy(CopyMethod.JAVA));
      double[] faster =
          Rounds.median(seconds[0]) < Rounds.median(seconds[1]) ? seconds[0] : seconds[1];
      return new SweepPoint(curve, frames, list(faster), List.of(), 0);
    }
  }

  @Override
  public void close() {
    sequential.close();
    if (parallel != null) {
      parallel.close();
    }
  }
}
