package io.github.millrace.cli.words;

import io.github.millrace.design.Band;
import io.github.millrace.design.Biquad;
import io.github.millrace.design.ClassicFilter;
import io.github.millrace.design.Comb;
import io.github.millrace.design.IirDesign;
import io.github.millrace.design.Notch;
import io.github.millrace.design.Prototype;
import io.github.millrace.design.ResonantPeak;
import io.github.millrace.stage.Iir;
import java.util.List;
import java.util.Locale;

/** The words of recursive filters. */
final class IirWords {

  static final List<String> BANDS = List.of("low", "high", "bandpass", "bandstop");

  private static final List<String> SECTIONS =
      List.of(
          "low", "high", "band", "bandskirt", "notch", "allpass", "peak", "lowshelf", "highshelf");
  private static final List<String> NORMS = List.of("phase", "delay", "mag");
  private static final int DEFAULT_ORDER = 4;
  private static final double DEFAULT_RIPPLE = 1;
  private static final double DEFAULT_ATTENUATION = 60;
  private static final double DEFAULT_Q = 0.7071;

  private IirWords() {}

  /** A classic filter, {@code NAME:BAND:FREQ[-FREQ]} and its options. */
  static Iir classic(Word word) {
    Band band = band(word);
    int order = word.option("order", DEFAULT_ORDER, Quantity::whole);
    Prototype prototype = prototype(word);
    word.end();
    return new Iir(new ClassicFilter(prototype, order, band));
  }

  private static Prototype prototype(Word word) {
    return switch (word.name()) {
      case "cheby1" -> new Prototype.Chebyshev1(ripple(word));
      case "cheby2" -> new Prototype.Chebyshev2(attenuation(word));
      case "ellip" -> new Prototype.Elliptic(ripple(word), attenuation(word));
      case "bessel" -> new Prototype.Bessel(norm(word));
      case "lr" -> new Prototype.LinkwitzRiley();
      default -> new Prototype.Butterworth();
    };
  }

  private static double ripple(Word word) {
    return word.option("ripple", DEFAULT_RIPPLE, Quantity::decibels);
  }

  private static double attenuation(Word word) {
    return word.option("atten", DEFAULT_ATTENUATION, Quantity::decibels);
  }

  private static Prototype.Norm norm(Word word) {
    String name = word.option("norm", NORMS.getFirst(), text -> text);
    return Choice.of("norm", name, NORMS, Prototype.Norm.values());
  }

  /** The values {@code BAND:FREQ[-FREQ]}. */
  static Band band(Word word) {
    Band.Kind kind = Choice.of("band", word.value("BAND"), BANDS, Band.Kind.values());
    String text = word.value("FREQ");
    double[] edges = Quantity.hertzRange(text);
    boolean two = kind == Band.Kind.BANDPASS || kind == Band.Kind.BANDSTOP;
    if (two != (edges.length == 2)) {
      throw new WordException(
          "a "
              + kind.name().toLowerCase(Locale.ROOT)
              + (two ? " takes two frequencies such as 300-3400" : " takes one frequency")
              + ", got '"
              + text
              + "'");
    }
    return new Band(kind, edges[0], edges[edges.length - 1]);
  }

  /** A cookbook section, {@code biquad:KIND:FREQ} and its options. */
  static Iir biquad(Word word) {
    Biquad.Kind kind = Choice.of("section", word.value("section"), SECTIONS, Biquad.Kind.values());
    double frequency = Quantity.hertz(word.value("FREQ"));
    double q = word.option("q", DEFAULT_Q, Quantity::plain);
    double gain =
        kind.hasGain()
            ? word.required("gain", Quantity::decibels)
            : word.option("gain", 0.0, Quantity::decibels);
    word.end();
    return new Iir(new Biquad(kind, frequency, q, gain));
  }

  /** {@code notch|peak|comb:FREQ:q=Q}. */
  static Iir resonance(Word word) {
    double frequency = Quantity.hertz(word.value("FREQ"));
    double q = word.required("q", Quantity::plain);
    word.end();
    IirDesign design =
        switch (word.name()) {
          case "notch" -> new Notch(frequency, q);
          case "peak" -> new ResonantPeak(frequency, q);
          default -> new Comb(frequency, q);
        };
    return new Iir(design);
  }
}
