package io.github.millrace.gpu;

import io.github.millrace.backend.Step;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SampleType;

/**
 * What a kernel is made from.
 *
 * @param accelerator the device's driver
 * @param options of the plan
 * @param step what to run
 */
record KernelSetup(Accelerator accelerator, PlanOptions options, Step step) {

  /** The number types of the kernel. */
  Arithmetic arithmetic() {
    return Arithmetic.of(step.in().type(), options.precision(), accelerator.info());
  }

  /** A table of these values. */
  Table table(SampleType type, double... values) {
    return Table.of(accelerator, type, values);
  }
}
