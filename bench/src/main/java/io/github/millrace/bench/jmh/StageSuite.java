package io.github.millrace.bench.jmh;

import io.github.millrace.bench.Copier;
import io.github.millrace.bench.Rig;
import io.github.millrace.bench.Workload;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import java.util.Locale;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** What all suites of stages have in common: forwards of one plan. */
public abstract class StageSuite extends Suite {

  /** What computes, as {@code --backend} takes it. */
  @Param("auto")
  public String backend;

  /** Arithmetic: precise or fast. */
  @Param("precise")
  public String precision;

  private Rig rig;

  /** Made by JMH. */
  protected StageSuite() {}

  /** What is computed. */
  protected abstract Workload workload();

  /**
   * Prepares the plan and checks its output.
   *
   * @throws io.github.millrace.bench.WrongOutputException if the output is wrong
   */
  @Setup
  public void prepare() {
    PlanOptions options =
        PlanOptions.DEFAULTS
            .withBackend(backend)
            .withPrecision(Precision.valueOf(precision.toUpperCase(Locale.ROOT)));
    rig = Rig.open(bench(workload(), options));
    rig.check();
  }

  @Override
  protected Copier copier() {
    return rig.copier();
  }

  /** Filters the next of the rotating inputs. */
  @Benchmark
  public void forward(Speed speed) {
    rig.forward();
    speed.samples += rig.samples();
  }

  /** Frees everything. */
  @TearDown
  public void close() {
    rig.close();
  }
}
