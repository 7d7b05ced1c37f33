package io.github.millrace.opencl;

import io.github.millrace.choice.Planner;
import io.github.millrace.cpu.JavaBackend;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.Length;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Gain;
import java.util.List;

/** Says what a process finds of OpenCL: its devices, OpenCL asked for, and {@code auto}. */
final class AbsenceRun {

  private static final StreamFormat FORMAT = new StreamFormat(48_000, 1, SampleType.FLOAT32);

  private AbsenceRun() {}

  /** Prints a line for each question, twice, because a second question may fail otherwise. */
  public static void main(String... none) {
    for (int time = 0; time < 2; time++) {
      new OpenClBackend().devices().forEach(d -> System.out.println("device: " + d));
      for (String name : List.of("opencl", "auto")) {
        System.out.println(name + ": " + prepare(name));
      }
    }
  }

  private static String prepare(String name) {
    Planner planner = new Planner(List.of(new OpenClBackend(), new JavaBackend()));
    Length length = Length.once(1L << 40); // so long that auto tries a device first
    PlanOptions options = PlanOptions.DEFAULTS.withBackend(name).withLength(length);
    try (Plan plan = planner.prepare(Pipeline.of(new Gain(2)), FORMAT, options)) {
      return plan.describe().lines().findFirst().orElseThrow();
    } catch (BackendException e) {
      return e.getMessage();
    }
  }
}
