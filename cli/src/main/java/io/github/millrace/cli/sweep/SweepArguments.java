package io.github.millrace.cli.sweep;

import io.github.millrace.backend.Backend;
import io.github.millrace.bench.sweep.Arithmetic;
import io.github.millrace.bench.sweep.Effort;
import io.github.millrace.bench.sweep.SweepGrid;
import io.github.millrace.choice.Backends;
import io.github.millrace.cli.options.Subcommand;
import io.github.millrace.cli.options.UsageException;
import io.github.millrace.cli.text.ProgressDisplay;
import io.github.millrace.cli.words.Choice;
import io.github.millrace.cli.words.WordException;
import io.github.millrace.plan.DeviceDescription;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options that say what a sweep goes over. */
public final class SweepArguments {

  private static final List<String> PROGRESS = List.of("auto", "off", "plain");

  private final ParseResult parsed;

  /** The options as they were given. */
  public SweepArguments(ParseResult parsed) {
    this.parsed = parsed;
  }

  /** Declares the options. */
  public static void declare(CommandSpec spec) {
    spec.addOption(
        Subcommand.flag("--quick", "A glance, in less than a minute: fewer points and rounds."));
    spec.addOption(
        Subcommand.option("--backend", "NAME,...", "Backends; by default all that are there."));
    spec.addOption(Subcommand.option("--type", "f32|f64", "Arithmetic; by default both."));
    spec.addOption(
        Subcommand.option("--sections", "K,...", "Sections; by default 1,2,4,8, quickly 1,4."));
    spec.addOption(
        Subcommand.option("--channels", "C,...", "Channels; by default 1,2,8,64, quickly 1,8."));
    spec.addOption(
        Subcommand.option(Long.class, "--most-frames", "N", "Leaves out longer blocks."));
    spec.addOption(
        Subcommand.option(
            "--progress",
            "auto|off|plain",
            "A bar if stderr is a terminal (default), nothing, or lines."));
  }

  /** How long to look at each point. */
  public Effort effort() {
    return isQuick() ? Effort.QUICK : Effort.FULL;
  }

  private boolean isQuick() {
    return parsed.hasMatchedOption("--quick");
  }

  /** What to go over. */
  public SweepGrid grid() {
    SweepGrid grid = isQuick() ? SweepGrid.QUICK : SweepGrid.FULL;
    String type = parsed.matchedOptionValue("--type", null);
    if (type != null) {
      try {
        grid = grid.withArithmetics(List.of(Arithmetic.parse(type)));
      } catch (IllegalArgumentException e) {
        throw UsageException.of("--type", e);
      }
    }
    grid = grid.withSections(counts("--sections", grid.sections()));
    grid = grid.withChannels(counts("--channels", grid.channels()));
    long most = parsed.matchedOptionValue("--most-frames", SweepGrid.LONGEST);
    if (most < SweepGrid.SHORTEST) {
      throw new UsageException(
          "--most-frames: is " + most + ", expected at least " + SweepGrid.SHORTEST);
    }
    return grid.upTo(most);
  }

  private List<Integer> counts(String option, List<Integer> otherwise) {
    String list = parsed.matchedOptionValue(option, null);
    if (list == null) {
      return otherwise;
    }
    try {
      List<Integer> counts =
          Arrays.stream(list.split(",", -1)).map(word -> Integer.valueOf(word.strip())).toList();
      if (counts.stream().allMatch(count -> count > 0)) {
        return counts;
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new UsageException(
        option + ": is '" + list + "', expected whole numbers above 0 such as 1,4");
  }

  /** The devices that are there, of the backends that are wanted; no other is asked. */
  public List<DeviceDescription> devices() {
    String list = parsed.matchedOptionValue("--backend", null);
    List<Backend> backends = list == null ? Backends.all() : backends(List.of(list.split(",", -1)));
    List<DeviceDescription> there = new ArrayList<>();
    for (Backend backend : backends) {
      List<DeviceDescription> found = backend.devices();
      found.stream().filter(DeviceDescription::available).forEach(there::add);
      if (list != null && found.stream().noneMatch(DeviceDescription::available)) {
        String reason = found.getFirst().reason();
        throw new UsageException("--backend: no device of '" + backend.name() + "': " + reason);
      }
    }
    return there;
  }

  private static List<Backend> backends(List<String> wanted) {
    List<String> names = Backends.all().stream().map(Backend::name).toList();
    for (String name : wanted) {
      if (!names.contains(name)) {
        throw new UsageException(
            "--backend: no backend '" + name + "', expected of " + String.join(", ", names));
      }
    }
    return Backends.all().stream().filter(backend -> wanted.contains(backend.name())).toList();
  }

  /** How to show progress. */
  public ProgressDisplay.Mode progress() {
    String name = parsed.matchedOptionValue("--progress", PROGRESS.getFirst());
    try {
      return Choice.of("mode", name, PROGRESS, ProgressDisplay.Mode.values());
    } catch (WordException e) {
      throw UsageException.of("--progress", e);
    }
  }
}
