package io.github.millrace.cli;

import io.github.millrace.cli.words.Choice;
import io.github.millrace.cli.words.WordException;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** The options that say where and how to compute. */
final class PlanArguments {

  private static final List<String> BACKENDS = List.of("auto", "java", "native", "opencl", "cuda");
  private static final List<String> PRECISIONS = List.of("precise", "fast");

  @Option(
      names = "--backend",
      paramLabel = "auto|java|native|opencl|cuda",
      description =
          "What computes; auto takes the best that can, another is used or the command fails.")
  private String backend = "auto";

  @Option(
      names = "--precision",
      paramLabel = "precise|fast",
      description = "Arithmetic: float64 whatever the samples (default), or float32 where faster.")
  private String precision = "precise";

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Most CPU threads for filtering; by default one per core.")
  private Integer threads;

  @Option(
      names = "--threshold",
      paramLabel = "FRAMES",
      description =
          "Cascades run parallel in time when a forward has at least that many frames; 0 always.")
  private Long threshold;

  /** The options in the library's terms. */
  PlanOptions planOptions() {
    if (threads != null && threads < 1) {
      throw new UsageException("--threads: is " + threads + ", expected at least 1");
    }
    if (threshold != null && threshold < 0) {
      throw new UsageException("--threshold: is " + threshold + ", expected at least 0");
    }
    return new PlanOptions(
        backend(),
        precision(),
        threads == null ? 0 : threads,
        threshold == null ? OptionalLong.empty() : OptionalLong.of(threshold));
  }

  private static <T> T parse(String option, Supplier<T> parser) {
    try {
      return parser.get();
    } catch (WordException e) {
      throw UsageException.of(option, e);
    }
  }

  private Precision precision() {
    String name = precision.toLowerCase(Locale.ROOT);
    return parse("--precision", () -> Choice.of("precision", name, PRECISIONS, Precision.values()));
  }

  /** Whether the backend is here is the planner's to say; this finds slips of the pen. */
  private String backend() {
    String name = backend.toLowerCase(Locale.ROOT);
    int colon = name.indexOf(':');
    String plain = colon < 0 ? name : name.substring(0, colon);
    parse("--backend", () -> Choice.of("backend", plain, BACKENDS, BACKENDS.toArray()));
    return name;
  }
}
