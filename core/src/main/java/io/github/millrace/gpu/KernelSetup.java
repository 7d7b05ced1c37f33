package io.github.millrace.gpu;

import io.github.millrace.backend.Step;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;
import io.github.millrace.stage.SosCascade;

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
    if (SosCascade.holdsInFloat32(step.stage())) {
      return Arithmetic.of(step.in().type(), options.precision(), accelerator.info());
    }
    if (!accelerator.info().fp64()) {
      throw new BackendException(
          accelerator.info().name()
              + " has no float64 arithmetic, and float32 coefficients cannot hold the poles of "
              + step.stage().describe());
    }
    return Arithmetic.of(step.in().type(), Precision.PRECISE, accelerator.info());
  }

  /** A table of these values. */
  Table table(SampleType type, double... values) {
    return Table.of(accelerator, type, values);
  }
}
