package io.github.millrace.bench;

import java.util.List;

/** Measures cases, in seconds rather than JMH's minutes. One at a time. */
public final class Bench {

  private Bench() {}

  /**
   * Checks the output of a case, then times it in turn with the copies of the same buffers; a
   * memcpy is timed both ways.
   *
   * @return one row; two for a memcpy
   * @throws WrongOutputException if the output is wrong
   * @throws io.github.millrace.plan.BackendException if no allowed device can run it
   * @throws OutOfMemoryError if the memory cannot be had
   */
  public static List<BenchRow> run(BenchCase bench) {
    return run(bench, Rounds.THOROUGH);
  }

  /** Measures a case, as {@link #run(BenchCase)} does, in other rounds. */
  public static List<BenchRow> run(BenchCase bench, Rounds rounds) {
    boolean copies = bench.workload().equals(Workload.MEMCPY);
    return copies ? copies(bench, rounds) : List.of(stage(bench, rounds));
  }

  /** The speed of the faster way to copy, in samples per second; takes a quarter of a second. */
  public static double samplesPerSecond(Copier copier) {
    double[] seconds = Rounds.SHORT.medianSeconds(libc(copier), java(copier));
    return copier.samples() / Math.min(seconds[0], seconds[1]);
  }

  private static BenchRow stage(BenchCase bench, Rounds rounds) {
    try (Rig rig = Rig.open(bench)) {
      double error = rig.check();
      Copier copier = rig.copier();
      double[] seconds = rounds.medianSeconds(rig::forward, libc(copier), java(copier));
      double copy = rig.samples() / Math.min(seconds[1], seconds[2]);
      return new BenchRow(
          bench, rig.backend(), rig.device(), rig.samples() / seconds[0], copy, error);
    }
  }

  private static List<BenchRow> copies(BenchCase bench, Rounds rounds) {
    try (Copier copier = Copier.open(bench)) {
      for (CopyMethod method : CopyMethod.values()) {
        copier.check(method);
      }
      double[] seconds = rounds.medianSeconds(libc(copier), java(copier));
      double fastest = copier.samples() / Math.min(seconds[0], seconds[1]);
      return List.of(
          copyRow(bench, CopyMethod.LIBC, seconds[0], fastest),
          copyRow(bench, CopyMethod.JAVA, seconds[1], fastest));
    }
  }

  private static Runnable libc(Copier copier) {
    return () -> copier.copy(CopyMethod.LIBC);
  }

  private static Runnable java(Copier copier) {
    return () -> copier.copy(CopyMethod.JAVA);
  }

  private static BenchRow copyRow(
      BenchCase bench, CopyMethod method, double seconds, double fastest) {
    return new BenchRow(bench, method.label(), "", bench.samples() / seconds, fastest, 0);
  }
}
