package io.github.millrace.design.fir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.design.Band;
import io.github.millrace.design.FirGolden;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WindowedFirTest {
  static List<FirGolden.Case> golden() {
    return FirGolden.read("fir_firwin");
  }

  @ParameterizedTest
  @MethodSource("golden")
  void equalsSciPy(FirGolden.Case golden) {
    PassBands bands = PassBands.of(Boolean.parseBoolean(golden.key(2)), golden.reals(1));
    double[] expected = golden.numbers();
    double[] taps =
        FirTaps.windowed(bands, expected.length, WindowTest.window(golden.key(0)), golden.real(3));
    // SciPy subtracts one sinc from another, which costs one over the width of the band
    double narrowest = narrowest(bands.normalised(golden.real(3)));
    assertArrayEquals(expected, taps, (4e-15 + 1e-16 / narrowest) * largest(expected));
    for (int n = 0; n < taps.length; n++) {
      assertEquals(taps[n], taps[taps.length - 1 - n], 0.0);
    }
  }

  private static double narrowest(double[] bounds) {
    double narrowest = 1;
    for (int i = 0; i < bounds.length; i += 2) {
      narrowest = Math.min(narrowest, bounds[i + 1] - bounds[i]);
    }
    return narrowest;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  @Test
  void recipeFollowsTheSampleRate() {
    WindowedFir recipe = new WindowedFir(Band.low(5000), 255, Window.HAMMING);
    for (double rate : new double[] {44100, 48000}) {
      double[] expected = FirTaps.windowed(PassBands.of(true, 5000), 255, Window.HAMMING, rate);
      assertArrayEquals(expected, recipe.taps(rate));
    }
    assertRefused("below 4000.0 Hz", () -> recipe.taps(8000));
  }

  @Test
  void bandsBecomePassBands() {
    assertEquals(PassBands.of(true, 10), PassBands.of(Band.low(10)));
    assertEquals(PassBands.of(false, 10), PassBands.of(Band.high(10)));
    assertEquals(PassBands.of(false, 10, 20), PassBands.of(Band.bandpass(10, 20)));
    assertEquals(PassBands.of(true, 10, 20), PassBands.of(Band.bandstop(10, 20)));
  }

  @Test
  void gainIsOneWhereScaled() {
    double rate = 1000;
    assertGain(1, 0, FirTaps.windowed(Band.low(100), 64, Window.HAMMING, rate));
    assertGain(1, 1, FirTaps.windowed(Band.high(100), 65, Window.HAMMING, rate));
    assertGain(1, 0.3, FirTaps.windowed(Band.bandpass(100, 200), 64, Window.HAMMING, rate));
    assertGain(1, 0, FirTaps.windowed(Band.bandstop(100, 200), 65, Window.HAMMING, rate));
    assertGain(0, 1, FirTaps.windowed(Band.low(100), 64, Window.HAMMING, rate));
  }

  /** Zero-phase gain at a fraction of half the sample rate. */
  private static void assertGain(double expected, double frequency, double[] taps) {
    double gain = 0;
    for (int n = 0; n < taps.length; n++) {
      gain += taps[n] * Math.cos(Math.PI * frequency * (n - 0.5 * (taps.length - 1)));
    }
    assertEquals(expected, gain, 1e-14);
  }

  @Test
  void meetsTheKaiserSpecification() {
    KaiserOrder order = KaiserOrder.of(80, 1000, 48000);
    int length = order.taps() | 1;
    double[] taps = FirTaps.windowed(Band.low(6000), length, order.window(), 48000);
    double worst = 0;
    for (double f = 6500; f <= 24000; f += 10) {
      double gain = 0;
      for (int n = 0; n < length; n++) {
        gain += taps[n] * Math.cos(2 * Math.PI * f / 48000 * (n - (length - 1) / 2));
      }
      worst = Math.max(worst, Math.abs(gain));
    }
    double attenuationDb = -20 * Math.log10(worst);
    assertTrue(attenuationDb > 79.5, () -> "attenuation " + attenuationDb + " dB");
  }

  @Test
  void refusesWhatCannotBe() {
    assertRefused(
        "taps is 254, expected an odd number such as 255",
        () -> new WindowedFir(Band.high(100), 254, Window.HAMMING));
    assertRefused(
        "taps is 2, expected an odd number",
        () -> FirTaps.windowed(PassBands.of(true, 1, 2), 2, Window.HAMMING, 10));
    assertRefused(
        "taps is 0, expected at least 1", () -> new WindowedFir(Band.low(1), 0, Window.HAMMING));
    assertRefused("have 0 edges", () -> PassBands.of(true));
    assertRefused("band edge 2.0 Hz follows 3.0 Hz", () -> PassBands.of(true, 3, 2));
    assertRefused("band edge NaN Hz", () -> PassBands.of(true, Double.NaN));
    assertRefused(
        "band edge is 500.0 Hz, expected above 0 Hz and below 500.0 Hz",
        () -> FirTaps.windowed(PassBands.of(true, 500), 3, Window.HAMMING, 1000));
    assertRefused(
        "sample rate", () -> FirTaps.windowed(PassBands.of(true, 5), 3, Window.HAMMING, 0));
  }

  @Test
  void describesItself() {
    assertEquals(
        "fir bandpass 300-3400 Hz, 255 taps, kaiser(8.6)",
        new WindowedFir(Band.bandpass(300, 3400), 255, Window.kaiser(8.6)).describe());
  }

  private static void assertRefused(String part, Runnable action) {
    String message = assertThrows(IllegalArgumentException.class, action::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
