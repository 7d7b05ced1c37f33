package io.github.millrace.cli.options;

import io.github.millrace.choice.Planner;
import io.github.millrace.cli.words.Choice;
import io.github.millrace.cli.words.WordException;
import io.github.millrace.plan.Bits;
import io.github.millrace.plan.Length;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.plan.Start;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options that say where and how to compute. */
public final class PlanArguments {

  private static final List<String> BACKENDS = List.of("auto", "java", "native", "opencl", "cuda");
  private static final List<String> PRECISIONS = List.of("precise", "fast");
  private static final List<String> EXACT = Stream.of(Bits.values()).map(Bits::word).toList();

  private static final List<String> STARTS = List.of("zero", "steady");

  private final String backend;
  private final String precision;
  private final String exact;
  private final Integer threads;
  private final Long threshold;
  private final String start;

  /** The options as they were given. */
  public PlanArguments(ParseResult parsed) {
    backend = parsed.matchedOptionValue("--backend", Planner.AUTO);
    precision = parsed.matchedOptionValue("--precision", PRECISIONS.getFirst());
    exact = parsed.matchedOptionValue("--exact", EXACT.getFirst());
    threads = parsed.matchedOptionValue("--threads", null);
    threshold = parsed.matchedOptionValue("--threshold", null);
    start = parsed.matchedOptionValue("--start", STARTS.getFirst());
  }

  /** Declares the options. */
  public static void declare(CommandSpec spec) {
    spec.addOption(
        Subcommand.option(
            "--backend",
            String.join("|", BACKENDS),
            "What computes; auto takes the best that can, another is used or the command fails;"
                + " of several with commas between, the first that can."));
    spec.addOption(
        Subcommand.option(
            "--precision",
            String.join("|", PRECISIONS),
            "Arithmetic: float64 whatever the samples (default), or float32 where faster."));
    spec.addOption(
        Subcommand.option(
            "--exact",
            String.join("|", EXACT),
            "Same bits for the same blocks (default), any blocks, or any number of threads and"
                + " machines."));
    spec.addOption(
        Subcommand.option(
            Integer.class,
            "--threads",
            "N",
            "Most CPU threads for filtering; by default one per core."));
    spec.addOption(
        Subcommand.option(
            Long.class,
            "--threshold",
            "FRAMES",
            "Cascades run parallel in time when a forward has at least that many frames; 0"
                + " always."));
    spec.addOption(
        Subcommand.option(
            "--start",
            String.join("|", STARTS),
            "What went before the first frame: silence (default), or that frame for ever, so"
                + " that an offset makes no transient."));
  }

  /** The options in the library's terms. */
  public PlanOptions planOptions() {
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
        threshold == null ? OptionalLong.empty() : OptionalLong.of(threshold),
        Length.UNKNOWN,
        bits(),
        parse("--start", () -> Choice.of("start", start, STARTS, Start.values())));
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

  private Bits bits() {
    String name = exact.toLowerCase(Locale.ROOT);
    return parse("--exact", () -> Choice.of("promise", name, EXACT, Bits.values()));
  }

  /** Whether the backend is here is the planner's to say; this finds slips of the pen. */
  private String backend() {
    String names = backend.toLowerCase(Locale.ROOT);
    for (String name : names.split(",", -1)) {
      int colon = name.indexOf(':');
      String plain = (colon < 0 ? name : name.substring(0, colon)).strip();
      parse("--backend", () -> Choice.of("backend", plain, BACKENDS, BACKENDS.toArray()));
    }
    return names;
  }
}
