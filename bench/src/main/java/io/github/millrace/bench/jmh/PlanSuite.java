package io.github.millrace.bench.jmh;

import io.github.millrace.bench.Copier;
import io.github.millrace.bench.Rig;
import io.github.millrace.bench.Workload;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import java.util.Locale;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** What all suites of plans have in common: where and how they compute, and the check. */
public abstract class PlanSuite extends Suite {

  /** What computes, as {@code --backend} takes it. */
  @Param("auto")
  public String backend;

  /** Arithmetic: precise or fast. */
  @Param("precise")
  public String precision;

  private Rig rig;

  /** Made by JMH. */
  protected PlanSuite() {}

  /** What is computed. */
  protected abstract Workload workload();

  /** Number of channels. */
  protected abstract int channels();

  /** Frames of every forward. */
  protected abstract long frames();

  /**
   * Prepares the plan and checks its output.
   *
   * @throws io.github.millrace.bench.WrongOutputException if the output is wrong
   */
  @Setup
  public void prepare() {
    rig = open(channels());
  }

  /** A plan for so many channels, its output checked. */
  final Rig open(int count) {
    PlanOptions options =
        PlanOptions.DEFAULTS
            .withBackend(backend)
            .withPrecision(Precision.valueOf(precision.toUpperCase(Locale.ROOT)));
    Rig opened = Rig.open(bench(workload(), count, frames(), options));
    try {
      opened.check();
      return opened;
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /** The plan. */
  final Rig rig() {
    return rig;
  }

  @Override
  protected Copier copier() {
    return rig.copier();
  }

  /** Frees everything. */
  @TearDown
  public void close() {
    rig.close();
  }
}
