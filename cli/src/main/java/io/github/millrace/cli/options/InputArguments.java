package io.github.millrace.cli.options;

import io.github.millrace.cli.text.Figures;
import io.github.millrace.cli.words.Quantity;
import io.github.millrace.io.Container;
import io.github.millrace.io.Encoding;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.ReadOptions;
import io.github.millrace.io.SignalFiles;
import io.github.millrace.io.SignalReader;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options that say what the input does not say itself. */
public final class InputArguments {

  private final String rate;
  private final Integer channels;
  private final String rawFormat;

  /** The options as they were given. */
  public InputArguments(ParseResult parsed) {
    rate = parsed.matchedOptionValue("--rate", null);
    channels = parsed.matchedOptionValue("--channels", null);
    rawFormat = parsed.matchedOptionValue("--raw-format", null);
  }

  /** Declares the options. */
  public static void declare(CommandSpec spec) {
    spec.addOption(
        Subcommand.option("--rate", "HZ", "Sample rate of raw and .npy input, such as 48k."));
    spec.addOption(Subcommand.option(Integer.class, "--channels", "N", "Channels of raw input."));
    spec.addOption(
        Subcommand.option(
            "--raw-format",
            "u8|s16|s24|s32|f32|f64",
            "The input is raw samples of this encoding, whatever its name."));
  }

  /** Opens an input. */
  public SignalReader open(String name, Streams streams) throws IOException {
    SignalReader reader = SignalFiles.open(name, options().withStdin(streams.dataIn()));
    try {
      checkRate(name, reader.info());
      checkChannels(name, reader.info());
    } catch (UsageException e) {
      reader.close();
      throw e;
    }
    return reader;
  }

  private ReadOptions options() {
    ReadOptions options =
        ReadOptions.DEFAULT.withSampleRate(rate()).withChannels(channels == null ? 0 : channels());
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
