package io.github.millrace.cli;

import io.github.millrace.cli.text.JsonWriter;
import io.github.millrace.cli.text.ProgressDisplay;
import io.github.millrace.cli.words.Choice;
import io.github.millrace.cli.words.StageWord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code millrace filter}. */
@Command(
    name = "filter",
    description = "Filters signal files of any length.",
    customSynopsis = {
      "millrace filter [OPTIONS] IN OUT STAGE...",
      "       millrace filter [OPTIONS] --out-dir DIR FILE... -- STAGE..."
    },
    footerHeading = "%nStages, one shell word each, applied left to right:%n",
    footer = {
      StageHelp.TEXT,
      "Examples:",
      "  millrace filter in.wav out.wav butter:low:5k:order=8",
      "  millrace filter in.wav out.wav notch:50:q=30 biquad:highshelf:8k:gain=3dB gain:-3dB",
      "  millrace filter --encoding s16 --dither in.wav out.wav resample:44.1k:quality=best",
      "  millrace filter eeg.npy clean.npy --rate 250 butter:bandpass:0.5-40",
      "  sox in.flac -t wav - | millrace filter - - fir:low:8k | aplay",
      "  millrace filter --out-dir clean *.wav -- comb:50:q=30 mix:mono"
    })
final class FilterCommand implements Callable<Integer> {

  private static final List<String> PROGRESS = List.of("auto", "off", "plain");

  @Parameters(paramLabel = "WORD", arity = "0..*", hidden = true)
  private List<String> words = new ArrayList<>();

  @Option(
      names = "--out-dir",
      paramLabel = "DIR",
      description = "Filters every FILE to one of the same name in this folder.")
  private String outDir;

  @Option(
      names = "--report",
      paramLabel = "FILE.json",
      description = "Writes what ran where and how fast; a list with --out-dir.")
  private Path report;

  @Option(
      names = "--progress",
      paramLabel = "auto|off|plain",
      description = "A bar if stderr is a terminal (default), nothing, or lines.")
  private String progress = "auto";

  @Option(names = "-q", description = "Prints no summary and no progress.")
  private boolean quiet;

  @Mixin private InputArguments input;
  @Mixin private OutputArguments output;
  @Mixin private PlanArguments planning;
  @Spec private CommandSpec spec;

  private final Streams streams;

  FilterCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    output.check();
    ProgressDisplay.Mode mode = mode();
    FilterWords split = FilterWords.of(words, spec.commandLine().getParseResult(), outDir != null);
    FilterJob job =
        new FilterJob(
            StageWord.parseAll(split.stages()),
            input,
            output,
            planning.planOptions(),
            mode,
            streams);
    if (outDir == null) {
      RunReport result = job.run(split.files().get(0), split.files().get(1));
      tell("", result);
      write(result.fields());
      return ExitCode.DONE;
    }
    return new FilterBatch(job, outDir, output.container()).run(split.files(), this);
  }

  /** Prints the summary of a run. */
  void tell(String prefix, RunReport result) {
    if (!quiet) {
      streams.err().println(prefix + result.summary());
    }
  }

  /** Writes the report, if one is wanted. */
  void write(Object fields) throws IOException {
    if (report != null) {
      Files.writeString(report, JsonWriter.write(fields));
    }
  }

  private ProgressDisplay.Mode mode() {
    try {
      ProgressDisplay.Mode mode =
          Choice.of("mode", progress, PROGRESS, ProgressDisplay.Mode.values());
      boolean hidden = quiet || (mode == ProgressDisplay.Mode.AUTO && !streams.standard());
      return hidden ? ProgressDisplay.Mode.OFF : mode;
    } catch (RuntimeException e) {
      throw UsageException.of("--progress", e);
    }
  }
}
