package io.github.millrace.cli.filter;

import io.github.millrace.cli.filter.PreparedChains.Prepared;
import io.github.millrace.cli.options.InputArguments;
import io.github.millrace.cli.options.OutputArguments;
import io.github.millrace.cli.options.UsageException;
import io.github.millrace.cli.text.ProgressDisplay;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.Metadata;
import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.SignalFiles;
import io.github.millrace.io.SignalReader;
import io.github.millrace.io.SignalWriter;
import io.github.millrace.io.WriteOptions;
import io.github.millrace.plan.Length;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.run.FiniteSource;
import io.github.millrace.run.NonFinite;
import io.github.millrace.run.OfflineRun;
import io.github.millrace.run.RunSizes;
import io.github.millrace.run.RunStatistics;
import io.github.millrace.signal.StreamFormat;
import java.io.IOException;
import java.util.List;

/**
 * Filters inputs to outputs. Any thread.
 *
 * @param chains what to do with them
 * @param input how to read
 * @param nonFinite what becomes of samples that are not finite
 * @param output how to write
 * @param options where to compute
 * @param messages summary, progress and warnings
 */
public record FilterJob(
    PreparedChains chains,
    InputArguments input,
    NonFinite nonFinite,
    OutputArguments output,
    PlanOptions options,
    RunMessages messages)
    implements AutoCloseable {

  /** A week at 96 kHz: no room on the disk is asked for more before it has come. */
  private static final long MOST_PROMISED = 1L << 36;

  /** The same, saying what there is to say elsewhere. */
  FilterJob with(RunMessages other) {
    return new FilterJob(chains, input, nonFinite, output, options, other);
  }

  /**
   * Filters one file.
   *
   * @param label put before the summary
   */
  public RunReport run(String from, String to, String label) throws IOException {
    long began = System.nanoTime();
    output.checkTarget(to);
    try (FiniteSource reader =
        new FiniteSource(from, input.open(from, messages.streams()), nonFinite)) {
      FileFormat info = reader.info();
      int said = warn(from, "standard input", reader.notes(), 0);
      StreamFormat format = new StreamFormat(info.sampleRate(), info.channels(), output.type(info));
      Length length = RunSizes.length(format, info.frames(), options);
      Prepared chain = chains.take(format, length, messages);
      boolean done = false;
      try {
        RunReport report = run(reader, said, chain, to, began);
        messages.tell(() -> label + report.summary());
        done = true;
        return report;
      } finally {
        chains.giveBack(chain, done);
      }
    }
  }

  private RunReport run(FiniteSource reader, int said, Prepared chain, String to, long began)
      throws IOException {
    WriteOptions write = writeOptions(reader, chain);
    SampleWarnings warnings = new SampleWarnings(messages, write);
    warnings.ofMeaning(reader.name(), reader.info(), input.saysScale());
    try (SignalWriter writer = create(to, write)) {
      double openSeconds = 1e-9 * (System.nanoTime() - began);
      RunStatistics statistics = run(reader, chain, writer);
      warn(reader.name(), "standard input", reader.notes(), said);
      warn(to, "standard output", writer.notes(), 0);
      warnings.ofInput(reader.name(), reader, nonFinite);
      warnings.ofOutput(to, statistics);
      return RunReport.of(chain, openSeconds, statistics, write.scale(), reader.count());
    }
  }

  /**
   * Passes on what a file has to say, but for the first so many, and returns how many there are.
   */
  private int warn(String file, String stream, List<String> notes, int said) {
    String name = file.equals(SignalFiles.STANDARD_STREAM) ? stream : file;
    notes.subList(said, notes.size()).forEach(note -> messages.warn(name + ": " + note));
    return notes.size();
  }

  private RunStatistics run(SignalReader reader, Prepared chain, SignalWriter writer)
      throws IOException {
    ProgressDisplay display = messages.display(chain.plan().inputFormat().sampleRate());
    try {
      return new OfflineRun(reader, chain.plan(), writer, display).execute();
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

  private WriteOptions writeOptions(SignalReader reader, Prepared chain) {
    FileFormat info = reader.info();
    StreamFormat in = chain.plan().inputFormat();
    // A stream may promise anything.
    boolean believed = reader.seekable() || info.frames() <= MOST_PROMISED;
    return output
        .options(info, chain.plan().outputFormat(), messages.streams())
        .withMetadata(Metadata.of(info, chain.pipeline().shiftFrames(in)))
        .withFrames(believed ? chain.pipeline().framesOut(info.frames(), in) : -1);
  }

  @Override
  public void close() {
    chains.close();
  }
}
