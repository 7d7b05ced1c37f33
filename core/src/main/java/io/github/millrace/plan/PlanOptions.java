package io.github.millrace.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * How to run a pipeline.
 *
 * @param backend {@code auto}, or a backend's name, optionally with a device: {@code opencl:1}; or
 *     several of these with commas between, tried in that order: {@code cuda,native}
 * @param precision arithmetic
 * @param threads most CPU threads; 0 is one per core
 * @param threshold frames per forward from which a cascade runs parallel in time; 0 always does
 * @param length how long the signal will be, which decides what pays
 * @param bits which results are equal to the last bit
 * @param start what is taken to have gone before the signal
 */
public record PlanOptions(
    String backend,
    Precision precision,
    int threads,
    OptionalLong threshold,
    Length length,
    Bits bits,
    Start start) {

  /** {@code auto}, precise, one thread per core, the measured or shipped threshold, from zero. */
  public static final PlanOptions DEFAULTS =
      new PlanOptions(
          "auto",
          Precision.PRECISE,
          0,
          OptionalLong.empty(),
          Length.UNKNOWN,
          Bits.REPEAT,
          Start.ZERO);

  /** Checks the ranges. */
  public PlanOptions {
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(threshold, "threshold");
    Objects.requireNonNull(length, "length");
    Objects.requireNonNull(bits, "bits");
    Objects.requireNonNull(start, "start");
    backend = backend.toLowerCase(Locale.ROOT);
    if (names(backend).stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException(
          "backend is '" + backend + "', expected auto, a name, or names with commas between");
    }
    if (threads < 0) {
      throw new IllegalArgumentException("threads is " + threads + ", expected 1 or more, or 0");
    }
    if (threshold.isPresent() && threshold.getAsLong() < 0) {
      throw new IllegalArgumentException(
          "threshold is " + threshold.getAsLong() + " frames, expected at least 0");
    }
  }

  /** These options on another backend. */
  public PlanOptions withBackend(String name) {
    return new PlanOptions(name, precision, threads, threshold, length, bits, start);
  }

  /**
   * These options on the first of these backends that can run the pipeline; the reason of the plan
   * names what each before it said against it.
   *
   * @param names at least one, each as {@link #backend} takes it
   */
  public PlanOptions withBackends(String... names) {
    return withBackend(String.join(",", names));
  }

  /** The backends or devices to try, in order. */
  public List<String> backends() {
    return names(backend);
  }

  private static List<String> names(String list) {
    return Arrays.stream(list.split(",", -1)).map(String::strip).toList();
  }

  /** These options in another precision. */
  public PlanOptions withPrecision(Precision other) {
    return new PlanOptions(backend, other, threads, threshold, length, bits, start);
  }

  /** These options with another number of threads. */
  public PlanOptions withThreads(int count) {
    return new PlanOptions(backend, precision, count, threshold, length, bits, start);
  }

  /** These options with another threshold. */
  public PlanOptions withThreshold(long frames) {
    return new PlanOptions(
        backend, precision, threads, OptionalLong.of(frames), length, bits, start);
  }

  /** These options with the measured or shipped threshold. */
  public PlanOptions withoutThreshold() {
    return new PlanOptions(backend, precision, threads, OptionalLong.empty(), length, bits, start);
  }

  /** These options for a signal of another length. */
  public PlanOptions withLength(Length other) {
    return new PlanOptions(backend, precision, threads, threshold, other, bits, start);
  }

  /** These options with another promise about bits. */
  public PlanOptions withBits(Bits other) {
    return new PlanOptions(backend, precision, threads, threshold, length, other, start);
  }

  /** These options from another start. */
  public PlanOptions withStart(Start other) {
    return new PlanOptions(backend, precision, threads, threshold, length, bits, other);
  }

  /** The number of CPU threads meant by {@link #threads}. */
  public int threadCount() {
    return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
