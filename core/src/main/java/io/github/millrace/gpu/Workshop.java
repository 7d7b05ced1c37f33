package io.github.millrace.gpu;

import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Step;
import io.github.millrace.signal.SampleType;
import java.util.Map;

/**
 * What a kernel is made from.
 *
 * @param accelerator the device's driver
 * @param options of the plan
 * @param step what to run
 */
record Workshop(Accelerator accelerator, PlanOptions options, Step step) {

  /** The number types of the kernel. */
  Arithmetic arithmetic() {
    return Arithmetic.of(step.in().type(), options.precision(), accelerator.info());
  }

  /** A kernel file with the constants of the number types and these. */
  KernelSource source(String file, int items, Map<String, Integer> constants) {
    Map<String, String> all = arithmetic().constants();
    constants.forEach((name, value) -> all.put(name, value.toString()));
    return new KernelSource(file, items, all);
  }

  /** A table of these values. */
  Table table(SampleType type, double... values) {
    return Table.of(accelerator, type, values);
  }
}
