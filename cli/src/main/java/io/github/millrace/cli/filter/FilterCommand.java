package io.github.millrace.cli.filter;

import io.github.millrace.cli.options.ExitCode;
import io.github.millrace.cli.options.InputArguments;
import io.github.millrace.cli.options.OutputArguments;
import io.github.millrace.cli.options.PlanArguments;
import io.github.millrace.cli.options.StageHelp;
import io.github.millrace.cli.options.Streams;
import io.github.millrace.cli.options.Subcommand;
import io.github.millrace.cli.options.UsageException;
import io.github.millrace.cli.text.JsonWriter;
import io.github.millrace.cli.text.ProgressDisplay;
import io.github.millrace.cli.words.Choice;
import io.github.millrace.cli.words.StageWord;
import io.github.millrace.cli.words.WordException;
import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.SignalFiles;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.run.NonFinite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code millrace filter}.
 *
 * @param streams where {@code -} and messages go
 */
public record FilterCommand(Streams streams) implements Subcommand {

  private static final List<String> PROGRESS = List.of("auto", "off", "plain");
  private static final List<String> NANS = List.of("keep", "fail", "zero", "hold");

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Subcommand.named("filter", this);
    spec.addPositional(Subcommand.words("WORD", "0..*"));
    InputArguments.declare(spec);
    OutputArguments.declare(spec);
    PlanArguments.declare(spec);
    spec.addOption(
        Subcommand.option(
            "--nan",
            String.join("|", NANS),
            "Input samples that are not finite stay, with a warning (default; SciPy's way), end the"
                + " run, become 0, so that a filter starts anew after a long gap, or become the"
                + " channel's last finite sample."));
    spec.addOption(
        Subcommand.option(
            "--out-dir", "DIR", "Filters every FILE to one of the same name in this folder."));
    spec.addOption(
        Subcommand.option(
            "--report", "FILE.json", "Writes what ran where and how fast; a list with --out-dir."));
    spec.addOption(
        Subcommand.option(
            "--progress",
            "auto|off|plain",
            "A bar if stderr is a terminal (default), nothing, or lines."));
    spec.addOption(Subcommand.flag("-q", "Prints no summary and no progress."));
    describe(spec.usageMessage());
    return spec;
  }

  private static void describe(UsageMessageSpec usage) {
    usage
        .description("Filters signal files of any length.")
        .customSynopsis(
            "millrace filter [OPTIONS] IN OUT STAGE...",
            "       millrace filter [OPTIONS] --out-dir DIR FILE... -- STAGE...")
        .footerHeading("%nStages, one shell word each, applied left to right:%n")
        .footer(
            StageHelp.TEXT,
            "Examples:",
            "  millrace filter in.wav out.wav butter:low:5k:order=8",
            "  millrace filter in.wav out.wav notch:50:q=30 biquad:highshelf:8k:gain=3dB gain:-3dB",
            "  millrace filter --encoding s16 --dither in.wav out.wav resample:44.1k:quality=best",
            "  millrace filter eeg.npy clean.npy --rate 250 butter:bandpass:0.5-40",
            "  sox in.flac -t wav - | millrace filter - - fir:low:8k | aplay",
            "  millrace filter --out-dir clean *.wav -- comb:50:q=30 mix:mono");
  }

  @Override
  public int run(ParseResult parsed) throws IOException {
    String folder = parsed.matchedOptionValue("--out-dir", null);
    String report = parsed.matchedOptionValue("--report", null);
    FilterWords split = FilterWords.of(Subcommand.words(parsed), parsed, folder != null);
    checkReport(report, split.files(), folder);
    try (FilterJob job = job(parsed, split.stages())) {
      if (folder != null) {
        return new FilterBatch(job, folder, job.output().container()).run(split.files(), report);
      }
      long began = System.nanoTime();
      RunReport result = job.run(split.files().get(0), split.files().get(1), "");
      if (report != null) {
        write(report, result.after(ProcessAge.secondsAt(began)).fields());
      }
      return ExitCode.DONE;
    }
  }

  private FilterJob job(ParseResult parsed, List<String> stages) {
    OutputArguments output = new OutputArguments(parsed);
    output.check();
    RunMessages messages = new RunMessages(streams, mode(parsed), parsed.hasMatchedOption("-q"));
    List<StageWord> words = StageWord.parseAll(stages);
    InputArguments input = new InputArguments(parsed);
    PlanOptions options = new PlanArguments(parsed).planOptions();
    PreparedChains chains = new PreparedChains(words, options);
    return new FilterJob(chains, input, nonFinite(parsed), output, options, messages);
  }

  private static NonFinite nonFinite(ParseResult parsed) {
    String name = parsed.matchedOptionValue("--nan", NANS.getFirst());
    try {
      return Choice.of("choice", name, NANS, NonFinite.values());
    } catch (WordException e) {
      throw UsageException.of("--nan", e);
    }
  }

  private ProgressDisplay.Mode mode(ParseResult parsed) {
    String name = parsed.matchedOptionValue("--progress", PROGRESS.getFirst());
    try {
      ProgressDisplay.Mode mode = Choice.of("mode", name, PROGRESS, ProgressDisplay.Mode.values());
      if (mode == ProgressDisplay.Mode.PLAIN && parsed.hasMatchedOption("-q")) {
        throw new UsageException("--progress plain and -q contradict each other, give only one");
      }
      boolean hidden = mode == ProgressDisplay.Mode.AUTO && !streams.standard();
      return hidden || parsed.hasMatchedOption("-q") ? ProgressDisplay.Mode.OFF : mode;
    } catch (WordException e) {
      throw UsageException.of("--progress", e);
    }
  }

  /**
   * A report is written last, when it is too late to say that it cannot be or destroys a signal.
   *
   * @param report file for it, or null
   * @param files signals of the run
   * @param toBe a folder that the run makes, or null
   */
  static void checkReport(String report, Collection<String> files, String toBe) throws IOException {
    if (report == null) {
      return;
    }
    RealPath path = RealPath.of(report);
    for (String file : files) {
      if (!file.equals(SignalFiles.STANDARD_STREAM) && path.isSame(RealPath.of(file))) {
        throw new UsageException("--report: " + report + " is a signal of this run");
      }
    }
    Path folder = toBe == null ? null : RealPath.of(toBe).path();
    if (path.path().equals(folder) || Files.isDirectory(path.path())) {
      throw new SignalFileException(report, "is a folder, expected a file");
    }
    Path parent = path.path().getParent();
    if (!Files.isDirectory(parent) && (folder == null || !folder.startsWith(parent))) {
      throw new SignalFileException(report, "no folder " + parent);
    }
  }

  /** Writes a report, if one is wanted. */
  public static void write(String file, Object fields) throws IOException {
    if (file != null) {
      Files.writeString(Path.of(file), JsonWriter.write(fields));
    }
  }
}
