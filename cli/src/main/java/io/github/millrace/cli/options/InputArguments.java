package io.github.millrace.cli.options;

import io.github.millrace.cli.text.Figures;
import io.github.millrace.cli.words.Choice;
import io.github.millrace.cli.words.Quantity;
import io.github.millrace.cli.words.WordException;
import io.github.millrace.io.Container;
import io.github.millrace.io.Encoding;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.ReadOptions;
import io.github.millrace.io.Scale;
import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.SignalFiles;
import io.github.millrace.io.SignalReader;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options that say what the input does not say itself. */
public final class InputArguments {

  /** The names of all encodings, as an option's label. */
  static final String ENCODINGS =
      Arrays.stream(Encoding.values()).map(Encoding::shortName).collect(Collectors.joining("|"));

  private static final List<String> SCALES = List.of("full", "counts");
  private static final String NO_AXIS = "the axis of time is not stated";

  private final String rate;
  private final Integer channels;
  private final String rawFormat;
  private final Integer axis;
  private final String scale;

  /** The options as they were given. */
  public InputArguments(ParseResult parsed) {
    rate = parsed.matchedOptionValue("--rate", null);
    channels = parsed.matchedOptionValue("--channels", null);
    rawFormat = parsed.matchedOptionValue("--raw-format", null);
    axis = parsed.matchedOptionValue("--axis", null);
    scale = parsed.matchedOptionValue("--scale", null);
  }

  /** Declares the options. */
  public static void declare(CommandSpec spec) {
    spec.addOption(
        Subcommand.option("--rate", "HZ", "Sample rate of raw and .npy input, such as 48k."));
    spec.addOption(Subcommand.option(Integer.class, "--channels", "N", "Channels of raw input."));
    spec.addOption(
        Subcommand.option(
            "--raw-format",
            ENCODINGS,
            "The input is raw samples of this encoding, whatever its name."));
    spec.addOption(
        Subcommand.option(
            Integer.class,
            "--axis",
            "0|1",
            "Axis of an .npy array along which time runs, as SciPy counts: 0 for (frames,"
                + " channels), 1 or -1 for (channels, frames). Not guessed where it could be"
                + " either; the output has the same."));
    spec.addOption(
        Subcommand.option(
            "--scale",
            "full|counts",
            "What integers stand for, in and out: parts of full scale, [-1, 1) as value /"
                + " 2^(bits-1) (default), or the numbers themselves."));
  }

  /** Opens an input. */
  public SignalReader open(String name, Streams streams) throws IOException {
    SignalReader reader = openWithHint(name, options().withStdin(streams.dataIn()));
    try {
      checkAxis(name, reader.info());
      checkRate(name, reader.info());
      checkChannels(name, reader.info());
    } catch (UsageException e) {
      reader.close();
      throw e;
    }
    return reader;
  }

  private static SignalReader openWithHint(String name, ReadOptions options) throws IOException {
    try {
      return SignalFiles.open(name, options);
    } catch (SignalFileException e) {
      if (e.getMessage().contains(NO_AXIS)) {
        throw new UsageException(e.getMessage() + "; say which with --axis");
      }
      throw e;
    }
  }

  private ReadOptions options() {
    ReadOptions options =
        ReadOptions.DEFAULT
            .withSampleRate(rate())
            .withChannels(channels == null ? 0 : channels())
            .withScale(scale());
    if (axis != null && (axis < -2 || axis > 1)) {
      throw new UsageException("--axis: is " + axis + ", expected 0, 1, -1 or -2");
    }
    if (axis != null) {
      options = options.withAxis(axis);
    }
    if (rawFormat == null) {
      return options;
    }
    try {
      return options.withEncoding(Encoding.parse(rawFormat)).withContainer(Container.RAW);
    } catch (IllegalArgumentException e) {
      throw UsageException.of("--raw-format", e);
    }
  }

  /** The number of channels; 1 where not given. */
  public int channels() {
    if (channels != null && (channels < 1 || channels > 65_535)) {
      throw new UsageException("--channels: is " + channels + ", expected 1 to 65535");
    }
    return channels == null ? 1 : channels;
  }

  /** The rate in Hz; 0 where not given. */
  public double rate() {
    if (rate == null) {
      return 0;
    }
    try {
      double value = Quantity.hertz(rate);
      if (value > 0) {
        return value;
      }
    } catch (RuntimeException e) {
      throw UsageException.of("--rate", e);
    }
    throw new UsageException("--rate: is " + rate + ", expected above 0 Hz");
  }

  /** What integers stand for. */
  private Scale scale() {
    try {
      return scale == null ? Scale.FULL : Choice.of("scale", scale, SCALES, Scale.values());
    } catch (WordException e) {
      throw UsageException.of("--scale", e);
    }
  }

  /** Whether it was said what integers stand for. */
  public boolean saysScale() {
    return scale != null;
  }

  private void checkAxis(String name, FileFormat info) {
    if (axis != null && info.container() != Container.NPY) {
      throw new UsageException(
          "--axis: is for .npy input, " + name + " is " + info.container().shortName());
    }
  }

  private void checkRate(String name, FileFormat info) {
    if (rate != null && info.sampleRate() != rate()) {
      throw new UsageException(
          "--rate: is for raw and .npy input, "
              + name
              + " says "
              + Figures.shortest(info.sampleRate())
              + " Hz");
    }
  }

  private void checkChannels(String name, FileFormat info) {
    if (channels != null && info.channels() != channels()) {
      throw new UsageException(
          "--channels: is for raw input, " + name + " has " + info.channels() + " channels");
    }
  }
}
