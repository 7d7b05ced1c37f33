package io.github.millrace.cli.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.millrace.cli.options.StageHelp;
import io.github.millrace.design.Band;
import io.github.millrace.design.Biquad;
import io.github.millrace.design.ClassicFilter;
import io.github.millrace.design.Comb;
import io.github.millrace.design.IirDesign;
import io.github.millrace.design.Notch;
import io.github.millrace.design.Prototype;
import io.github.millrace.design.ResonantPeak;
import io.github.millrace.design.fir.Window;
import io.github.millrace.design.fir.WindowedFir;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.CustomStage;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Fft;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.FirDesign;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.InverseFft;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.SosCascade;
import io.github.millrace.stage.Stage;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every stage word means what the help says; every slip is named, with what would be right. */
class StageWordTest {

  private static Stage parse(String word) {
    return StageWord.parseAll(List.of(word)).getFirst().stage();
  }

  private static Stage classic(Prototype prototype, int order, Band band) {
    return new Iir(new ClassicFilter(prototype, order, band));
  }

  private static Stage iir(IirDesign design) {
    return new Iir(design);
  }

  static Stream<Arguments> meanings() {
    Prototype butter = new Prototype.Butterworth();
    return Stream.of(
        arguments("butter:low:5k:order=8", classic(butter, 8, Band.low(5000))),
        arguments("butter:low:5k", classic(butter, 4, Band.low(5000))),
        arguments("butter:high:0.5", classic(butter, 4, Band.high(0.5))),
        arguments("butter:high:1e-3", classic(butter, 4, Band.high(0.001))),
        arguments("butter:bandpass:300-3.4k", classic(butter, 4, Band.bandpass(300, 3400))),
        arguments("butter:bandpass:1Hz-2k", classic(butter, 4, Band.bandpass(1, 2000))),
        arguments("butter:bandpass:20-20k", classic(butter, 4, Band.bandpass(20, 20000))),
        arguments("butter:bandstop:1e-3-2e-2Hz", classic(butter, 4, Band.bandstop(0.001, 0.02))),
        arguments("cheby1:low:1kHz", classic(new Prototype.Chebyshev1(1), 4, Band.low(1000))),
        arguments(
            "cheby1:low:1k:ripple=0.5dB:order=3",
            classic(new Prototype.Chebyshev1(0.5), 3, Band.low(1000))),
        arguments("cheby2:low:1k", classic(new Prototype.Chebyshev2(60), 4, Band.low(1000))),
        arguments(
            "cheby2:low:1k:atten=80", classic(new Prototype.Chebyshev2(80), 4, Band.low(1000))),
        arguments(
            "ellip:low:1k:ripple=2:atten=70:order=6",
            classic(new Prototype.Elliptic(2, 70), 6, Band.low(1000))),
        arguments("ellip:low:1k", classic(new Prototype.Elliptic(1, 60), 4, Band.low(1000))),
        arguments(
            "bessel:low:1k",
            classic(new Prototype.Bessel(Prototype.Norm.PHASE), 4, Band.low(1000))),
        arguments(
            "bessel:low:1k:norm=delay",
            classic(new Prototype.Bessel(Prototype.Norm.DELAY), 4, Band.low(1000))),
        arguments(
            "bessel:low:1k:norm=mag",
            classic(new Prototype.Bessel(Prototype.Norm.MAG), 4, Band.low(1000))),
        arguments("lr:low:2k", classic(new Prototype.LinkwitzRiley(), 4, Band.low(2000))),
        arguments("biquad:low:1k", iir(new Biquad(Biquad.Kind.LOWPASS, 1000, 0.7071, 0))),
        arguments("biquad:high:1k:q=2", iir(new Biquad(Biquad.Kind.HIGHPASS, 1000, 2, 0))),
        arguments("biquad:band:1k", iir(new Biquad(Biquad.Kind.BAND, 1000, 0.7071, 0))),
        arguments("biquad:bandskirt:1k", iir(new Biquad(Biquad.Kind.BAND_SKIRT, 1000, 0.7071, 0))),
        arguments("biquad:notch:1k", iir(new Biquad(Biquad.Kind.NOTCH, 1000, 0.7071, 0))),
        arguments("biquad:allpass:1k", iir(new Biquad(Biquad.Kind.ALLPASS, 1000, 0.7071, 0))),
        arguments("biquad:peak:1k:gain=6dB", iir(new Biquad(Biquad.Kind.PEAK, 1000, 0.7071, 6))),
        arguments(
            "biquad:lowshelf:100:gain=-3", iir(new Biquad(Biquad.Kind.LOW_SHELF, 100, 0.7071, -3))),
        arguments(
            "biquad:highshelf:8k:q=1:gain=+3dB",
            iir(new Biquad(Biquad.Kind.HIGH_SHELF, 8000, 1, 3))),
        arguments("notch:50:q=30", iir(new Notch(50, 30))),
        arguments("peak:440:q=10", iir(new ResonantPeak(440, 10))),
        arguments("comb:50:q=30", iir(new Comb(50, 30))),
        arguments("fir:low:8k", fir(Band.low(8000), 255, Window.HAMMING)),
        arguments("fir:high:8k:taps=101", fir(Band.high(8000), 101, Window.HAMMING)),
        arguments(
            "fir:bandpass:1k-2k:window=kaiser,8.6",
            fir(Band.bandpass(1000, 2000), 255, Window.kaiser(8.6))),
        arguments(
            "fir:low:8k:window=blackman-harris",
            fir(Band.low(8000), 255, Window.of(Window.Shape.BLACKMAN_HARRIS))),
        arguments("gain:-3dB", Gain.db(-3)),
        arguments("gain:+6.5db", Gain.db(6.5)),
        arguments("gain:0.5", new Gain(0.5)),
        arguments("gain:-1x", new Gain(-1)),
        arguments("gain:6x", new Gain(6)),
        arguments("gain:0x", new Gain(0)),
        arguments("gain:0dB", new Gain(1)),
        arguments("delay:250ms", Delay.ofSeconds(0.25)),
        arguments("delay:1.5s", Delay.ofSeconds(1.5)),
        arguments("delay:480frames", Delay.ofFrames(480)),
        arguments("resample:44.1k", new Resample(44100, Resample.Quality.STANDARD)),
        arguments("resample:48000:quality=best", new Resample(48000, Resample.Quality.BEST)),
        arguments("resample:250.5", new Resample(250.5, Resample.Quality.STANDARD)),
        arguments("resample:8kHz:quality=fast", new Resample(8000, Resample.Quality.FAST)),
        arguments("mix:mono", Mix.mono()),
        arguments("mix:stereo", Mix.stereo()));
  }

  private static Stage fir(Band band, int taps, Window window) {
    return new FirDesign(new WindowedFir(band, taps, window));
  }

  @ParameterizedTest
  @MethodSource("meanings")
  void means(String word, Stage expected) {
    assertEquals(expected, parse(word));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "buter:low:5k | unknown stage 'buter', did you mean 'butter'?",
        "xyzzy:5 | unknown stage 'xyzzy', expected one of butter, cheby1, cheby2, ellip, bessel,"
            + " lr, biquad, notch, peak, comb, fir, sos, tf, gain, delay, resample, mix",
        "butter:bandpas:1-2 | unknown band 'bandpas', did you mean 'bandpass'?",
        "butter:lowpass:5k | unknown band 'lowpass', did you mean 'low'?",
        "butter | BAND is missing, expected butter:BAND:FREQ[-FREQ][:order=N]",
        "butter:low | FREQ is missing, expected butter:BAND:FREQ[-FREQ][:order=N]",
        "butter:low: | FREQ is missing, expected butter:BAND:FREQ[-FREQ][:order=N]",
        "butter:low:5kk | '5kk' is not a frequency such as 440, 5k or 1.5kHz",
        "butter:low:5khz:ordr=8 | unknown option 'ordr', did you mean 'order'?",
        "butter:low:5k:ripple=1 | unknown option 'ripple', expected order",
        "butter:low:5k:order=8.5 | order: '8.5' is not a whole number up to 2147483647",
        "butter:low:5k:order=0 | order is 0, expected at least 1",
        "butter:low:5k:order=1001 | order is 1001, expected at most 1000",
        "lr:low:5k:order=2147483646 | order is 2147483646, expected at most 1000",
        "fir:low:5k:taps=1e9 | taps is 1000000000, expected at most 16777216",
        "butter:low:5k:order=1:order=2 | order is given twice",
        "butter:low:5k:8 | '8' is one too many, expected butter:BAND:FREQ[-FREQ][:order=N]",
        "butter:low:1k-2k | a lowpass takes one frequency, got '1k-2k'",
        "butter:bandpass:1k | a bandpass takes two frequencies such as 300-3400, got '1k'",
        "butter:low:NaN | 'NaN' is not a frequency such as 440, 5k or 1.5kHz",
        "butter:low:0x10 | '0x10' is not a frequency such as 440, 5k or 1.5kHz",
        "butter:low:5d | '5d' is not a frequency such as 440, 5k or 1.5kHz",
        "butter:low:1e999 | '1e999' is not a frequency such as 440, 5k or 1.5kHz",
        "lr:low:5k:order=3 | order is 3, a Linkwitz-Riley filter is of an even order of at least 2",
        "bessel:low:5k:norm=dealy | unknown norm 'dealy', did you mean 'delay'?",
        "cheby1:low:5k:ripple=1Hz | ripple: '1Hz' is not dB such as 60 or -3dB",
        "biquad:lowshelv:1k:gain=1 | unknown section 'lowshelv', did you mean 'lowshelf'?",
        "biquad:peak:1k | gain is missing, expected biquad:SECTION:FREQ[:q=Q][:gain=dB]",
        "biquad:low:1k:gain=3 | gain is 3.0 dB, a lowpass has none: expected 0 dB",
        "notch:50 | q is missing, expected notch:FREQ:q=Q",
        "fir:low:5k:taps=ten | taps: 'ten' is not a whole number",
        "sos:filter.mat | 'sos:filter.mat' does not end in .npy: sos:FILE.npy",
        "sos:none.npy | none.npy: no such file",
        "gain:3dBm | '3dBm' is not a gain such as -3dB or 0.5",
        "gain: | gain is missing, expected gain:-3dB, gain:0.5 or gain:-1x",
        "gain:-6 | '-6' would be a factor that inverts, did you mean gain:-6dB? gain:-6x is the"
            + " factor",
        "gain:0 | '0' would be a factor that silences, did you mean gain:0dB? gain:0x is the factor",
        "gain:x | 'x' is not a gain such as -3dB or 0.5",
        "fir:bandpass:1-2k | '1-2k' could begin at 1Hz or at 1k: write 1k-2k or 1Hz-2k",
        "delay:250 | '250' is not a delay such as 250ms, 1.5s or 480frames",
        "delay:0.5frames | delay is 0.5 frames, expected a whole number",
        "resample:48k:quality=bets | unknown quality 'bets', did you mean 'best'?",
        "mix:mnoo | unknown mix 'mnoo', did you mean 'mono'?"
      })
  void names(String word, String problem) {
    String message = assertThrows(WordException.class, () -> parse(word)).getMessage();
    assertEquals("stage 1 '" + word + "': " + problem, message);
  }

  @Test
  void errorsCountTheStages() {
    List<String> words = List.of("gain:1", "mix:mono", "gain:x");
    String message =
        assertThrows(WordException.class, () -> StageWord.parseAll(words)).getMessage();
    assertTrue(message.startsWith("stage 3 'gain:x': "), message);
  }

  @Test
  void errorsOfTheRateNameTheWord() {
    List<StageWord> words = StageWord.parseAll(List.of("resample:8k", "butter:low:5k"));
    StreamFormat format = new StreamFormat(48_000, 1, SampleType.FLOAT32);
    String message =
        assertThrows(WordException.class, () -> StageWord.lower(words, format)).getMessage();
    assertTrue(message.startsWith("stage 2 'butter:low:5k': cutoff is 5000.0 Hz"), message);
    assertTrue(message.contains("4000"), message);
  }

  @Test
  void audioIsNotBroughtToAFewHertz() {
    StreamFormat audio = new StreamFormat(48_000, 1, SampleType.FLOAT32);
    List<StageWord> words = StageWord.parseAll(List.of("gain:1", "resample:16"));
    assertEquals(
        "stage 2 'resample:16': 16 Hz out of 48000, did you mean 16k? 16Hz is 16 Hz",
        assertThrows(WordException.class, () -> StageWord.lower(words, audio)).getMessage());
    assertEquals(1, StageWord.lower(StageWord.parseAll(List.of("resample:16Hz")), audio).size());
    StreamFormat slow = new StreamFormat(256, 1, SampleType.FLOAT32);
    assertEquals(2, StageWord.lower(words, slow).size());
  }

  @Test
  void unknownRateSaysHowToGiveIt() {
    List<StageWord> words = StageWord.parseAll(List.of("butter:low:5k"));
    StreamFormat format = new StreamFormat(0, 1, SampleType.FLOAT32);
    String message =
        assertThrows(WordException.class, () -> StageWord.lower(words, format)).getMessage();
    assertTrue(message.endsWith("; give it with --rate"), message);
  }

  @Test
  void stagesAreToldFromFiles() {
    assertTrue(StageWord.looksLikeStage("butter:low:5k"));
    assertFalse(StageWord.looksLikeStage("butter.wav"));
    assertFalse(StageWord.looksLikeStage("c:out.wav"));
  }

  /** What has no word, or one with a file: a new stage joins the words or this list. */
  private static final Set<Class<?>> WITHOUT_A_WORD =
      Set.of(SosCascade.class, Fir.class, Fft.class, InverseFft.class, CustomStage.class);

  @Test
  void everyKindOfStageHasAWord() {
    List<String> words =
        List.of("butter:low:1k", "fir:low:1k", "gain:2", "delay:1s", "mix:mono", "resample:8k");
    Set<Class<?>> met = new HashSet<>(WITHOUT_A_WORD);
    StageWord.parseAll(words).forEach(word -> met.add(word.stage().getClass()));
    assertEquals(Set.of(Stage.class.getPermittedSubclasses()), met);
  }

  @Test
  void theHelpNamesEveryWord() {
    String names =
        assertThrows(WordException.class, () -> StageWord.parseAll(List.of("xyzzy:5")))
            .getMessage();
    for (String name : names.substring(names.indexOf("one of ") + 7).split(", ", -1)) {
      assertTrue(StageHelp.TEXT.matches("(?s).*\\b" + name + "\\b[^\n ]*:.*"), name);
    }
  }
}
