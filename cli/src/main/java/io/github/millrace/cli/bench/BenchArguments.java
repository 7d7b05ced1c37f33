package io.github.millrace.cli.bench;

import io.github.millrace.bench.BenchCase;
import io.github.millrace.bench.Workload;
import io.github.millrace.cli.options.PlanArguments;
import io.github.millrace.cli.options.Subcommand;
import io.github.millrace.cli.options.UsageException;
import io.github.millrace.cli.words.Choice;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SampleType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options that say what to measure. */
public final class BenchArguments {

  /** What can be measured. */
  private static final List<String> NAMES =
      List.of(
          "cascade",
          "fir",
          "resample",
          "memcpy",
          WholeMachine.NAME,
          GpuBenchRun.NAME,
          GridBench.NAME,
          CallBench.NAME,
          StartBench.NAME);

  private static final String SECTIONS = "1,2,4,8";
  private static final String SECTIONS_OF_CALLS = "4";
  private static final String TAPS = "63";

  /** Samples of a block: 64 MiB of float32, and as many are written. */
  private static final long SAMPLES = 1 << 24;

  private static final List<Long> LENGTHS_OF_CALLS = List.of(1_000L, 4_800L, 1L << 16, 1L << 22);

  private final ParseResult parsed;
  private final String name;

  /** The options as they were given. */
  public BenchArguments(ParseResult parsed) {
    this.parsed = parsed;
    List<String> words = Subcommand.words(parsed);
    if (words.size() != 1) {
      String given = words.isEmpty() ? "no benchmark" : words.size() + " benchmarks";
      throw new UsageException(given + " given, expected one of " + String.join(", ", NAMES));
    }
    name = Choice.of("benchmark", words.getFirst(), NAMES, NAMES.toArray(String[]::new));
  }

  /** Declares the options. */
  public static void declare(CommandSpec spec) {
    spec.addPositional(Subcommand.words("BENCHMARK", "0..*"));
    spec.addOption(Subcommand.option("--type", "f32|f64", "Sample type; by default both."));
    spec.addOption(
        Subcommand.option(
            "--sections",
            "K,...",
            "cascade, calls: second-order sections; by default " + SECTIONS + ", calls 4."));
    spec.addOption(
        Subcommand.flag(
            "--narrow", "cascade, calls: cutoff at 0.001 of the Nyquist frequency, not 0.02."));
    spec.addOption(
        Subcommand.option("--taps", "N,...", "fir: number of taps; by default " + TAPS + "."));
    spec.addOption(
        Subcommand.option(Integer.class, "--channels", "C", "Number of channels; by default 1."));
    spec.addOption(
        Subcommand.option(
            Long.class,
            "--frames",
            "N",
            "Frames of every block; by default " + SAMPLES + " over the number of channels."));
    PlanArguments.declare(spec);
  }

  /** What to measure, in order. */
  public List<BenchCase> cases() {
    PlanOptions options = new PlanArguments(parsed).planOptions();
    int channels = parsed.matchedOptionValue("--channels", 1);
    long most = channels < 1 ? SAMPLES : Math.max(1, SAMPLES / channels);
    List<Long> lengths = name.equals(CallBench.NAME) ? LENGTHS_OF_CALLS : List.of(most);
    if (parsed.hasMatchedOption("--frames")) {
      lengths = List.of(parsed.<Long>matchedOptionValue("--frames", most));
    }
    List<SampleType> types = types();
    List<BenchCase> cases = new ArrayList<>();
    for (SampleType type : types) {
      for (Workload workload : workloads()) {
        for (long frames : lengths) {
          cases.add(new BenchCase(workload, type, channels, frames, options));
        }
      }
    }
    return cases;
  }

  private List<Workload> workloads() {
    requireOnly(List.of("cascade", CallBench.NAME), "--sections");
    requireOnly(List.of("cascade", CallBench.NAME), "--narrow");
    requireOnly(List.of("fir"), "--taps");
    return switch (name) {
      case "cascade" -> cascades(SECTIONS);
      case CallBench.NAME -> cascades(SECTIONS_OF_CALLS);
      case "fir" -> counts("--taps", TAPS).stream().map(Workload::fir).toList();
      case "resample" -> List.of(Workload.resample());
      default -> List.of(Workload.MEMCPY);
    };
  }

  private List<Workload> cascades(String sections) {
    boolean narrow = parsed.hasMatchedOption("--narrow");
    return counts("--sections", sections).stream().map(k -> Workload.cascade(k, narrow)).toList();
  }

  private void requireOnly(List<String> benchmarks, String option) {
    if (parsed.hasMatchedOption(option) && !benchmarks.contains(name)) {
      throw new UsageException(
          option + ": belongs to " + String.join(" and ", benchmarks) + ", not to " + name);
    }
  }

  private List<Integer> counts(String option, String otherwise) {
    String list = parsed.matchedOptionValue(option, otherwise);
    try {
      return Arrays.stream(list.split(",", -1)).map(word -> Integer.valueOf(word.strip())).toList();
    } catch (NumberFormatException e) {
      throw new UsageException(
          option + ": is '" + list + "', expected whole numbers such as " + otherwise);
    }
  }

  private List<SampleType> types() {
    String type = parsed.matchedOptionValue("--type", null);
    try {
      return type == null ? List.of(SampleType.values()) : List.of(SampleType.parse(type));
    } catch (IllegalArgumentException e) {
      throw UsageException.of("--type", e);
    }
  }
}
