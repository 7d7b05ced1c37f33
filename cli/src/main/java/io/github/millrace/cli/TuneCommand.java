package io.github.millrace.cli;

import io.github.millrace.backend.Backend;
import io.github.millrace.bench.tune.Effort;
import io.github.millrace.bench.tune.Tuner;
import io.github.millrace.choice.Backends;
import io.github.millrace.choice.Environment;
import io.github.millrace.choice.cost.Profile;
import io.github.millrace.choice.cost.ProfileFile;
import io.github.millrace.choice.cost.ProfileText;
import io.github.millrace.cli.options.ExitCode;
import io.github.millrace.cli.options.Streams;
import io.github.millrace.cli.options.Subcommand;
import io.github.millrace.cli.options.UsageException;
import io.github.millrace.cli.text.CountDisplay;
import io.github.millrace.cli.text.OnExit;
import io.github.millrace.cli.text.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code millrace tune}.
 *
 * @param streams where to print
 */
record TuneCommand(Streams streams) implements Subcommand {

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Subcommand.named("tune", this);
    spec.addOption(Subcommand.flag("--quick", "Under a minute, less exact."));
    spec.addOption(
        Subcommand.option(
            "--backend", "NAME,...", "Only these; the profile then has no other. Default: all."));
    spec.addOption(
        Subcommand.option("--out", "FILE", "Writes the profile here and not where it is read."));
    spec.usageMessage()
        .description(
            "Measures the devices of this machine, so that auto takes the fastest and thresholds fit.")
        .footer(
            "",
            "The profile is a text file, by default ~/.config/millrace/profile (XDG_CONFIG_HOME,",
            "MILLRACE_PROFILE). What computes something else than the Java reference is left out.",
            "Leave the machine alone meanwhile. To go back to the shipped defaults, delete the file.",
            "Interrupted, or with --quick out of time, it keeps what it has measured, and of the old",
            "profile what it has not.",
            "",
            "Examples:",
            "  millrace tune --quick",
            "  millrace tune --out profile.txt && MILLRACE_PROFILE=profile.txt millrace explain ...");
    return spec;
  }

  @Override
  public int run(ParseResult parsed) throws IOException {
    Path target = target(parsed.matchedOptionValue("--out", null));
    requireFolder(target);
    boolean quick = parsed.hasMatchedOption("--quick");
    boolean watched = streams.standard() && Terminal.isWatched();
    CountDisplay display = new CountDisplay(streams.err(), watched);
    Effort effort = quick ? Effort.QUICK : Effort.FULL;
    Tuner tuner = new Tuner(backends(parsed), effort, display::show);
    Tuner.Result result;
    try (var _ = new OnExit(() -> keep(tuner.soFar(), target, display))) {
      result = tuner.run();
    } finally {
      display.clear();
    }
    result.notes().forEach(streams::warn);
    write(result, target, quick ? " --quick" : "");
    streams
        .out()
        .println(
            target
                + ": "
                + result.profile().steps().size()
                + " lines on "
                + result.profile().devices().size()
                + " devices");
    return ExitCode.DONE;
  }

  /** The process is told to end. */
  private void keep(Tuner.Result soFar, Path target, CountDisplay display) {
    display.clear();
    if (soFar.profile().isEmpty()) {
      return;
    }
    try {
      write(soFar, target, ", interrupted,");
      streams.warn("interrupted; what is measured is kept in " + target);
    } catch (IOException e) {
      streams.warn(e.toString());
    }
  }

  /** Replaces the profile; where not all was measured, what only the old one has stays. */
  private static void write(Tuner.Result result, Path target, String how) throws IOException {
    Profile profile = result.profile();
    if (!result.complete()) {
      profile = profile.over(ProfileFile.read(target).profile());
    }
    String remark =
        "Written by millrace tune"
            + how
            + " on "
            + LocalDate.now(ZoneId.systemDefault())
            + ". Delete this file to go back to the shipped defaults.";
    ProfileFile.replace(target, ProfileText.write(profile, remark));
  }

  /** Better now than after all measuring. */
  private static void requireFolder(Path target) {
    Path folder = target.toAbsolutePath().getParent();
    while (folder != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new UsageException(target + " cannot be written, its folder is in " + folder);
    }
  }

  private static Path target(String out) {
    return out != null
        ? Path.of(out)
        : Environment.profilePath()
            .orElseThrow(
                () ->
                    new UsageException(
                        "the profile is switched off (millrace.profile or MILLRACE_PROFILE is"
                            + " off), give --out FILE"));
  }

  private static List<Backend> backends(ParseResult parsed) {
    String names = parsed.matchedOptionValue("--backend", null);
    if (names == null) {
      return Backends.all();
    }
    List<String> wanted = List.of(names.split(",", -1));
    List<String> known = Backends.all().stream().map(Backend::name).toList();
    for (String name : wanted) {
      if (!known.contains(name)) {
        throw new UsageException(
            "--backend: no backend '" + name + "', expected of " + String.join(", ", known));
      }
    }
    return Backends.all().stream().filter(backend -> wanted.contains(backend.name())).toList();
  }
}
