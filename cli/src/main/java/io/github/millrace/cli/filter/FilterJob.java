package io.github.millrace.cli.filter;

import io.github.millrace.choice.Backends;
import io.github.millrace.choice.Environment;
import io.github.millrace.choice.Planner;
import io.github.millrace.cli.options.InputArguments;
import io.github.millrace.cli.options.OutputArguments;
import io.github.millrace.cli.options.UsageException;
import io.github.millrace.cli.response.ChainDelay;
import io.github.millrace.cli.response.DesignCheck;
import io.github.millrace.cli.text.ProgressDisplay;
import io.github.millrace.cli.words.StageWord;
import io.github.millrace.design.Sos;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.Metadata;
import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.SignalFiles;
import io.github.millrace.io.SignalReader;
import io.github.millrace.io.SignalWriter;
import io.github.millrace.io.WriteOptions;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.run.FiniteSource;
import io.github.millrace.run.NonFinite;
import io.github.millrace.run.OfflineRun;
import io.github.millrace.run.RunStatistics;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.SosCascade;
import io.github.millrace.stage.Stage;
import java.io.IOException;
import java.util.List;

/**
 * Filters one input to one output.
 *
 * @param words the stages
 * @param input how to read
 * @param nonFinite what becomes of samples that are not finite
 * @param output how to write
 * @param options where to compute
 * @param messages summary, progress and warnings
 */
public record FilterJob(
    List<StageWord> words,
    InputArguments input,
    NonFinite nonFinite,
    OutputArguments output,
    PlanOptions options,
    RunMessages messages) {

  /** A week at 96 kHz: no room on the disk is asked for more before it has come. */
  private static final long MOST_PROMISED = 1L << 36;

  /**
   * Does it.
   *
   * @param label put before the summary
   */
  public RunReport run(String from, String to, String label) throws IOException {
    output.checkTarget(to);
    try (FiniteSource reader =
        new FiniteSource(from, input.open(from, messages.streams()), nonFinite)) {
      FileFormat info = reader.info();
      String source = from.equals(SignalFiles.STANDARD_STREAM) ? "standard input" : from;
      int said = warn(source, reader.notes(), 0);
      StreamFormat format = new StreamFormat(info.sampleRate(), info.channels(), output.type(info));
      List<Stage> stages = StageWord.lower(words, format);
      warnOfUnstable(stages);
      DesignCheck.warnings(words, format).forEach(messages::warn);
      PlanOptions expecting = options.withLength(OfflineRun.length(format, info.frames(), options));
      try (Plan plan = planner().prepare(new Pipeline(stages), format, expecting)) {
        WriteOptions write = writeOptions(reader, plan, stages);
        SampleWarnings warnings = new SampleWarnings(messages, write);
        warnings.ofMeaning(from, info, input.saysScale());
        try (SignalWriter writer = create(to, write)) {
          RunStatistics statistics = run(reader, plan, writer);
          warn(source, reader.notes(), said);
          warn(to.equals(SignalFiles.STANDARD_STREAM) ? "standard output" : to, writer.notes(), 0);
          warnings.ofInput(from, reader, nonFinite);
          warnings.ofOutput(to, statistics);
          ChainDelay delay = ChainDelay.of(stages, format);
          RunReport report = RunReport.of(plan, delay, statistics, write.scale(), reader.count());
          messages.tell(label + report.summary());
          return report;
        }
      }
    }
  }

  /**
   * Passes on what a file has to say, but for the first so many, and returns how many there are.
   */
  private int warn(String file, List<String> notes, int said) {
    notes.subList(said, notes.size()).forEach(note -> messages.warn(file + ": " + note));
    return notes.size();
  }

  private Planner planner() {
    return new Planner(Backends.all(), Environment.system(messages::warn));
  }

  private RunStatistics run(SignalReader reader, Plan plan, SignalWriter writer)
      throws IOException {
    ProgressDisplay display = messages.display(plan.inputFormat().sampleRate());
    try {
      return new OfflineRun(reader, plan, writer, display).execute();
    } finally {
      display.clear();
    }
  }

  private static SignalWriter create(String to, WriteOptions options) throws IOException {
    try {
      return SignalFiles.create(to, options);
    } catch (SignalFileException e) {
      if (options.sampleRate() == 0 && e.getMessage().contains("sample rate")) {
        throw new UsageException(e.getMessage() + "; give it with --rate");
      }
      if (e.getMessage().contains("cannot hold " + options.encoding().shortName())) {
        throw new UsageException(e.getMessage() + "; choose one with --encoding");
      }
      throw e;
    }
  }

  private WriteOptions writeOptions(SignalReader reader, Plan plan, List<Stage> stages) {
    FileFormat info = reader.info();
    StreamFormat in = plan.inputFormat();
    Pipeline pipeline = new Pipeline(stages);
    // A stream may promise anything.
    boolean believed = reader.seekable() || info.frames() <= MOST_PROMISED;
    return output
        .options(info, plan.outputFormat(), messages.streams())
        .withMetadata(Metadata.of(info, pipeline.shiftFrames(in)))
        .withFrames(believed ? pipeline.framesOut(info.frames(), in) : -1);
  }

  private void warnOfUnstable(List<Stage> stages) {
    for (int i = 0; i < stages.size(); i++) {
      Sos sections = SosCascade.sectionsOf(stages.get(i)).orElse(null);
      if (sections != null && !sections.isStable()) {
        messages.warn(
            words.get(i).where()
                + "unstable, a pole has radius "
                + sections.maxPoleRadius()
                + "; the output may grow without bound");
      }
    }
  }
}
