package io.github.millrace.cli.words;

import io.github.millrace.cli.text.Figures;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A stage as it was written on the command line.
 *
 * @param place 1 for the first
 * @param text the word
 * @param stage what it means
 */
public record StageWord(int place, String text, Stage stage) {

  private static final List<String> NAMES =
      List.of(
          "butter",
          "cheby1",
          "cheby2",
          "ellip",
          "bessel",
          "lr",
          "biquad",
          "notch",
          "peak",
          "comb",
          "fir",
          "sos",
          "tf",
          "gain",
          "delay",
          "resample",
          "mix");

  private static final double LOWEST_AUDIO_RATE = 8_000;
  private static final Set<Double> AUDIO_KILOHERTZ =
      Set.of(8.0, 16.0, 22.0, 22.05, 24.0, 32.0, 44.0, 44.1, 48.0, 88.0, 88.2, 96.0, 176.4, 192.0);

  /**
   * The stages that words stand for, in order.
   *
   * @throws WordException if a word cannot be understood; the message says which and why
   */
  public static List<StageWord> parseAll(List<String> words) {
    List<StageWord> all = new ArrayList<>();
    for (String text : words) {
      int place = all.size() + 1;
      try {
        all.add(new StageWord(place, text, parse(text)));
      } catch (WordException | IllegalArgumentException e) {
        throw new WordException(at(place, text) + e.getMessage(), e);
      }
    }
    return all;
  }

  /** Whether a word starts with the name of a stage, so that it is hardly the name of a file. */
  public static boolean looksLikeStage(String text) {
    int colon = text.indexOf(':');
    return colon > 0 && NAMES.contains(text.substring(0, colon));
  }

  /**
   * The stages with all that depends on the stream resolved.
   *
   * @throws WordException if a stage does not fit the stream it would read
   */
  public static List<Stage> lower(List<StageWord> words, StreamFormat in) {
    List<Stage> lowered = new ArrayList<>();
    StreamFormat format = in;
    for (StageWord word : words) {
      try {
        word.checkRate(format);
        lowered.add(word.stage.lower(format));
        format = word.stage.output(format);
      } catch (IllegalArgumentException e) {
        boolean rateless = format.sampleRate() == 0 && e.getMessage().contains("sample rate");
        String hint = rateless ? "; give it with --rate" : "";
        throw new WordException(word.where() + e.getMessage() + hint, e);
      }
    }
    return lowered;
  }

  /** Refuses a bare number of Hz that is surely one of kHz: audio brought to an audio rate. */
  private void checkRate(StreamFormat in) {
    if (stage instanceof Resample resample
        && in.sampleRate() >= LOWEST_AUDIO_RATE
        && AUDIO_KILOHERTZ.contains(resample.rate())
        && !Quantity.endsWith(text.split(":", -1)[1], "hz")) {
      String rate = Figures.shortest(resample.rate());
      throw new WordException(
          where()
              + rate
              + " Hz out of "
              + Math.round(in.sampleRate())
              + ", did you mean "
              + rate
              + "k? "
              + rate
              + "Hz is "
              + rate
              + " Hz");
    }
  }

  /** The start of a message about this word. */
  public String where() {
    return at(place, text);
  }

  private static String at(int place, String text) {
    return "stage " + place + " '" + text + "': ";
  }

  private static Stage parse(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    if (FileWords.isFile(name, text)) {
      return FileWords.parse(name, text.substring(colon + 1));
    }
    if (!NAMES.contains(name)) {
      throw new WordException(Choice.unknown("stage", name, NAMES));
    }
    Word word = new Word(text, syntax(name));
    return switch (name) {
      case "biquad" -> IirWords.biquad(word);
      case "notch", "peak", "comb" -> IirWords.resonance(word);
      case "fir" -> FirWords.windowed(word);
      case "sos", "tf" ->
          throw new WordException("'" + text + "' does not end in .npy: " + name + ":FILE.npy");
      case "gain" -> LevelWords.gain(word);
      case "delay" -> LevelWords.delay(word);
      case "resample" -> LevelWords.resample(word);
      case "mix" -> LevelWords.mix(word);
      default -> IirWords.classic(word);
    };
  }

  /** How a stage is written. */
  static String syntax(String name) {
    String band = ":BAND:FREQ[-FREQ]";
    return switch (name) {
      case "cheby1" -> name + band + "[:order=N][:ripple=dB]";
      case "cheby2" -> name + band + "[:order=N][:atten=dB]";
      case "ellip" -> name + band + "[:order=N][:ripple=dB][:atten=dB]";
      case "bessel" -> name + band + "[:order=N][:norm=phase|delay|mag]";
      case "biquad" -> "biquad:SECTION:FREQ[:q=Q][:gain=dB]";
      case "notch", "peak", "comb" -> name + ":FREQ:q=Q";
      case "fir" ->
          "fir"
              + band
              + "[:taps=N][:window=NAME[,BETA]] or fir:FILE.npy, then"
              + " [:delay=FRAMES], [:advance=FRAMES] or [:tail]";
      case "gain" -> "gain:-3dB, gain:0.5 or gain:-1x";
      case "delay" -> "delay:250ms, delay:1.5s, delay:480frames or delay:-480frames";
      case "resample" -> "resample:RATE[:quality=fast|standard|best]";
      case "mix" -> "mix:mono, mix:stereo or mix:FILE.npy";
      default -> name + band + "[:order=N]";
    };
  }
}
