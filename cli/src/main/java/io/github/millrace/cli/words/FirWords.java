package io.github.millrace.cli.words;

import io.github.millrace.design.Band;
import io.github.millrace.design.fir.Window;
import io.github.millrace.design.fir.WindowedFir;
import io.github.millrace.stage.FirDesign;

/** The words of FIR filters. */
final class FirWords {

  private static final int DEFAULT_TAPS = 255;

  private FirWords() {}

  /** A windowed filter, {@code fir:BAND:FREQ[-FREQ]} and its options. */
  static FirDesign windowed(Word word) {
    Band band = IirWords.band(word);
    int taps = word.option("taps", DEFAULT_TAPS, Quantity::whole);
    Window window = word.option("window", Window.HAMMING, FirWords::window);
    word.end();
    return new FirDesign(new WindowedFir(band, taps, window));
  }

  private static Window window(String text) {
    int comma = text.indexOf(',');
    return comma < 0
        ? Window.parse(text)
        : Window.parse(text.substring(0, comma), Quantity.plain(text.substring(comma + 1)));
  }
}
