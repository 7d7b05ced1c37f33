package io.github.millrace.bench.sweep;

import io.github.millrace.bench.BenchCase;
import io.github.millrace.bench.Workload;
import io.github.millrace.plan.PlanOptions;

/**
 * What is measured over the length of the block.
 *
 * @param backend backend and device as {@code --backend} takes them, such as {@code opencl:0}; or
 *     {@link #MEMCPY}
 * @param device the device's name; empty for a memcpy
 * @param arithmetic type of samples and arithmetic
 * @param sections second-order sections of the cascade; 0 for what only copies
 * @param channels number of channels
 */
public record SweepCurve(
    String backend, String device, Arithmetic arithmetic, int sections, int channels) {

  /** In place of a backend: the faster way to copy memory. */
  public static final String MEMCPY = "memcpy";

  /** Whether this is the copy of the host's memory. */
  public boolean isMemcpy() {
    return backend.equals(MEMCPY);
  }

  /** One short line, such as {@code opencl:0 f64, K = 4, channels: 2}. */
  public String describe() {
    String work = isMemcpy() ? "" : sections == 0 ? ", gain of 1" : ", K = " + sections;
    return backend + " " + arithmetic.label() + work + ", channels: " + channels;
  }

  /** One block of it; without a threshold in its options. */
  BenchCase bench(long frames) {
    Workload workload =
        isMemcpy()
            ? Workload.MEMCPY
            : sections == 0 ? Workload.gain() : Workload.cascade(sections, false);
    PlanOptions options = PlanOptions.DEFAULTS.withPrecision(arithmetic.precision());
    if (!isMemcpy()) {
      options = options.withBackend(backend);
    }
    return new BenchCase(workload, arithmetic.type(), channels, frames, options);
  }
}
