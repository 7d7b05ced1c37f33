package io.github.millrace.cli.words;

import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.Resample.Quality;
import java.util.List;

/** The words of gain, delay, mix and resample. */
final class LevelWords {

  private static final List<String> QUALITIES = List.of("fast", "standard", "best");
  private static final List<String> MIXES = List.of("mono", "stereo");

  private LevelWords() {}

  /** {@code gain:-3dB}, {@code gain:0.5} or {@code gain:-1x}. */
  static Gain gain(Word word) {
    String text = word.value("gain");
    word.end();
    if (Quantity.endsWith(text, "db")) {
      return Gain.db(Quantity.decibels(text));
    }
    boolean factor = Quantity.endsWith(text, "x");
    String digits = Quantity.withoutUnit(text, "x");
    double value = Quantity.number(digits, text, "a gain such as -3dB or 0.5");
    if (!factor && value <= 0) {
      throw new WordException(
          "'"
              + text
              + "' would be a factor that "
              + (value < 0 ? "inverts" : "silences")
              + ", did you mean gain:"
              + text
              + "dB? gain:"
              + text
              + "x is the factor");
    }
    return new Gain(value);
  }

  /** {@code delay:250ms}, {@code delay:1.5s} or {@code delay:480frames}. */
  static Delay delay(Word word) {
    String text = word.value("delay");
    word.end();
    String expected = "a delay such as 250ms, 1.5s or 480frames";
    if (Quantity.endsWith(text, "frames")) {
      return new Delay(
          Quantity.number(Quantity.withoutUnit(text, "frames"), text, expected), Delay.Unit.FRAMES);
    }
    if (Quantity.endsWith(text, "ms")) {
      return Delay.ofSeconds(
          Quantity.number(Quantity.withoutUnit(text, "ms"), text, expected) / 1000);
    }
    if (Quantity.endsWith(text, "s")) {
      return Delay.ofSeconds(Quantity.number(Quantity.withoutUnit(text, "s"), text, expected));
    }
    throw new WordException("'" + text + "' is not " + expected);
  }

  /** {@code resample:RATE[:quality=fast|standard|best]}. */
  static Resample resample(Word word) {
    String text = word.value("RATE");
    double rate = Quantity.hertz(text);
    String name = word.option("quality", "standard", quality -> quality);
    word.end();
    return new Resample(rate, Choice.of("quality", name, QUALITIES, Quality.values()));
  }

  /** {@code mix:mono} or {@code mix:stereo}. */
  static Mix mix(Word word) {
    String name = word.value("mono, stereo or FILE.npy");
    word.end();
    return Choice.of("mix", name, MIXES, Mix.mono(), Mix.stereo());
  }
}
