package io.github.millrace.cli.options;

import io.github.millrace.io.Container;
import io.github.millrace.io.Encoding;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.SignalFiles;
import io.github.millrace.io.WriteOptions;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import java.io.File;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options that say what the output is. */
public final class OutputArguments {

  private final String encoding;
  private final String format;
  private final String type;
  private final boolean dither;
  private final boolean overwrite;

  /** The options as they were given. */
  public OutputArguments(ParseResult parsed) {
    encoding = parsed.matchedOptionValue("--encoding", null);
    format = parsed.matchedOptionValue("--format", null);
    type = parsed.matchedOptionValue("--type", null);
    dither = parsed.hasMatchedOption("--dither");
    overwrite = parsed.hasMatchedOption("-y");
  }

  /** Declares the options. */
  public static void declare(CommandSpec spec) {
    spec.addOption(
        Subcommand.option(
            "--encoding",
            InputArguments.ENCODINGS,
            "How output samples are stored; by default as in the input."));
    spec.addOption(
        Subcommand.option(
            "--format",
            "wav|rf64|w64|npy|raw",
            "Output file format; by default what the name says, and WAV for -."));
    spec.addOption(
        Subcommand.option(
            "--type",
            "f32|f64",
            "Samples in memory; by default f64 for f64 input and integers of 32 bits and more, else"
                + " f32."));
    spec.addOption(Subcommand.flag("--dither", "Adds triangular dither to integer output."));
    spec.addOption(Subcommand.flag("-y", "Replaces an existing output."));
  }

  /** The sample type to work in. */
  public SampleType type(FileFormat input) {
    return type == null ? input.encoding().sampleType() : parse("--type", type, SampleType::parse);
  }

  /** The file format asked for. */
  public Optional<Container> container() {
    return format == null
        ? Optional.empty()
        : Optional.of(parse("--format", format, Container::parse));
  }

  /** What to write, when this comes out of a chain that was fed that. */
  public WriteOptions options(FileFormat input, StreamFormat output, Streams streams) {
    return WriteOptions.like(input)
        .withContainer(container().orElse(null))
        .withEncoding(
            encoding == null ? input.encoding() : parse("--encoding", encoding, Encoding::parse))
        .withSampleRate(output.sampleRate())
        .withChannels(output.channels())
        .withOverwrite(overwrite)
        .withDither(dither)
        .withStdout(streams.dataOut());
  }

  /**
   * Checks that an output may be written, as the writer does, but with the option that helps.
   *
   * @throws SignalFileException if it exists and is to stay
   */
  public void checkTarget(String name) throws SignalFileException {
    if (!overwrite && !name.equals(SignalFiles.STANDARD_STREAM) && new File(name).isFile()) {
      throw new SignalFileException(name, "exists already, -y replaces it");
    }
  }

  /** Checks what can be checked before any input is opened. */
  public void check() {
    container();
    if (type != null) {
      parse("--type", type, SampleType::parse);
    }
    if (encoding != null) {
      checkDither(parse("--encoding", encoding, Encoding::parse));
    }
  }

  private void checkDither(Encoding asked) {
    if (dither && !asked.isInteger()) {
      throw new UsageException(
          "--dither: is for integer output, --encoding asks for " + asked.shortName());
    }
  }

  private static <T> T parse(String option, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw UsageException.of(option, e);
    }
  }
}
