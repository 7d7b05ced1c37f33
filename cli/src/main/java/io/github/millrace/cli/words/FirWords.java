package io.github.millrace.cli.words;

import io.github.millrace.design.Band;
import io.github.millrace.design.fir.Window;
import io.github.millrace.design.fir.WindowedFir;
import io.github.millrace.stage.Alignment;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.FirDesign;
import java.util.function.DoubleFunction;

/** The words of FIR filters. */
final class FirWords {

  private static final int DEFAULT_TAPS = 255;

  private FirWords() {}

  /** A windowed filter, {@code fir:BAND:FREQ[-FREQ]} and its options. */
  static FirDesign windowed(Word word) {
    Band band = IirWords.band(word);
    int taps = word.option("taps", DEFAULT_TAPS, Quantity::whole);
    Window window = word.option("window", Window.HAMMING, FirWords::window);
    FirDesign design = new FirDesign(new WindowedFir(band, taps, window));
    return design.with(alignment(word, taps, delay -> design.withDelay(delay).alignment()));
  }

  /** Taps of a file with what the word says after its name. */
  static Fir aligned(Word word, Fir fir) {
    return fir.with(alignment(word, fir.length(), delay -> fir.withDelay(delay).alignment()));
  }

  /** The end of a word: {@code delay=FRAMES}, {@code advance=FRAMES}, {@code tail} or nothing. */
  private static Alignment alignment(Word word, int taps, DoubleFunction<Alignment> ofDelay) {
    Double delay = word.option("delay", null, Quantity::plain);
    Integer advance = word.option("advance", null, Quantity::whole);
    boolean tail = word.flag("tail");
    word.end();
    if ((delay == null ? 0 : 1) + (advance == null ? 0 : 1) + (tail ? 1 : 0) > 1) {
      throw new WordException("delay=, advance= and tail exclude each other, give one");
    }
    if (delay != null) {
      return ofDelay.apply(delay);
    }
    if (tail) {
      return new Alignment(0, taps - 1L);
    }
    return advance == null ? Alignment.NONE : Alignment.advance(advance);
  }

  private static Window window(String text) {
    int comma = text.indexOf(',');
    return comma < 0
        ? Window.parse(text)
        : Window.parse(text.substring(0, comma), Quantity.plain(text.substring(comma + 1)));
  }
}
