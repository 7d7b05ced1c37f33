package io.github.millrace.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.millrace.cli.options.ExitCode;
import io.github.millrace.cli.options.StageHelp;
import io.github.millrace.cli.options.Streams;
import io.github.millrace.cli.options.Subcommand;
import io.github.millrace.cli.options.UsageException;
import io.github.millrace.cli.response.DesignCheck;
import io.github.millrace.cli.response.ResponseCurve;
import io.github.millrace.cli.response.ResponsePlot;
import io.github.millrace.cli.response.ResponseSummary;
import io.github.millrace.cli.text.Figures;
import io.github.millrace.cli.words.Quantity;
import io.github.millrace.cli.words.StageWord;
import io.github.millrace.cli.words.WordException;
import io.github.millrace.design.Sos;
import io.github.millrace.io.Container;
import io.github.millrace.io.Encoding;
import io.github.millrace.io.SignalFiles;
import io.github.millrace.io.SignalWriter;
import io.github.millrace.io.WriteOptions;
import io.github.millrace.plan.ChainResponse;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code millrace response}.
 *
 * @param streams where to print
 */
record ResponseCommand(Streams streams) implements Subcommand {

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Subcommand.named("response", this);
    spec.addPositional(Subcommand.words("STAGE", "1..*"));
    spec.addOption(Subcommand.option("--rate", "HZ", "Sample rate; 48k by default."));
    spec.addOption(
        Subcommand.option(
            "--csv",
            "FILE",
            "Writes frequency, magnitude, phase and group delay as a table; - for stdout."));
    spec.addOption(Subcommand.option("--png", "FILE", "Draws them."));
    spec.addOption(
        Subcommand.option(
            "--sos", "FILE.npy", "Writes the second-order sections as SciPy has them."));
    describe(spec.usageMessage());
    return spec;
  }

  private static void describe(UsageMessageSpec usage) {
    usage
        .description("Prints, draws or saves the frequency response of a chain of filters.")
        .customSynopsis("millrace response [OPTIONS] STAGE...")
        .footerHeading("%nStages (filters and gain only):%n")
        .footer(
            StageHelp.TEXT,
            "Examples:",
            "  millrace response butter:low:5k:order=8",
            "  millrace response --rate 96k --png eq.png biquad:peak:1k:gain=6dB gain:-3dB",
            "  millrace response --csv r.csv --sos sos.npy ellip:bandpass:300-3.4k:order=6");
  }

  @Override
  public int run(ParseResult parsed) throws IOException {
    String csv = parsed.matchedOptionValue("--csv", null);
    String png = parsed.matchedOptionValue("--png", null);
    String sos = parsed.matchedOptionValue("--sos", null);
    List<String> words = Subcommand.words(parsed);
    double rate = rate(parsed.matchedOptionValue("--rate", "48k"));
    List<StageWord> stages = StageWord.parseAll(words);
    ChainResponse chain = chain(stages, rate);
    DesignCheck.warnings(stages, new StreamFormat(rate, 1, SampleType.FLOAT64))
        .forEach(streams::warn);
    if (sos != null) {
      writeSos(sos, sections(chain));
    }
    ResponseCurve curve = ResponseCurve.of(chain);
    if (csv != null) {
      writeCsv(csv, curve);
    }
    if (png != null) {
      String title = String.join("  ", words) + "   at " + Figures.shortest(rate) + " Hz";
      new ResponsePlot(curve, rate).write(Path.of(png), title);
    }
    if (!SignalFiles.STANDARD_STREAM.equals(csv) && !SignalFiles.STANDARD_STREAM.equals(sos)) {
      new ResponseSummary(chain, curve).lines().forEach(streams.out()::println);
    }
    return ExitCode.DONE;
  }

  private static ChainResponse chain(List<StageWord> words, double rate) {
    for (StageWord word : words) {
      ChainResponse.refusal(word.stage())
          .ifPresent(
              why -> {
                throw new WordException(word.where() + why + ", leave it out");
              });
    }
    StreamFormat format = new StreamFormat(rate, 1, SampleType.FLOAT64);
    return ChainResponse.of(new Pipeline(StageWord.lower(words, format)), format);
  }

  private static Sos sections(ChainResponse chain) {
    try {
      return chain.sos();
    } catch (IllegalArgumentException e) {
      throw new WordException(e.getMessage(), e);
    }
  }

  private static double rate(String text) {
    try {
      double value = Quantity.hertz(text);
      if (value > 0) {
        return value;
      }
    } catch (WordException e) {
      throw UsageException.of("--rate", e);
    }
    throw new UsageException("--rate: is " + text + ", expected above 0 Hz");
  }

  private void writeCsv(String file, ResponseCurve curve) throws IOException {
    StringBuilder text =
        new StringBuilder("frequency_hz,magnitude_db,phase_rad,group_delay_frames\n");
    double[] frequencies = curve.frequencies();
    double[] magnitude = curve.magnitudeDb();
    double[] phase = curve.phase();
    double[] delay = curve.groupDelay();
    for (int i = 0; i < frequencies.length; i++) {
      text.append(frequencies[i]).append(',').append(magnitude[i]).append(',');
      text.append(phase[i]).append(',').append(delay[i]).append('\n');
    }
    if (file.equals(SignalFiles.STANDARD_STREAM)) {
      streams.out().print(text);
    } else {
      Files.writeString(Path.of(file), text, US_ASCII);
    }
  }

  private void writeSos(String file, Sos sections) throws IOException {
    int rows = sections.sections();
    WriteOptions options =
        WriteOptions.of(Encoding.F64, 0, 6)
            .withContainer(Container.NPY)
            .withFrames(rows)
            .withOverwrite(true)
            .withStdout(streams.dataOut());
    try (SignalBuffer buffer = SignalBuffer.allocate(SampleType.FLOAT64, 6, rows);
        SignalWriter writer = SignalFiles.create(file, options)) {
      for (int row = 0; row < rows; row++) {
        for (int column = 0; column < 6; column++) {
          buffer.set(column, row, sections.coefficient(row, column));
        }
      }
      writer.write(buffer, 0, rows);
      writer.commit();
    }
  }
}
