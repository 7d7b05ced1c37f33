package io.github.millrace.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Recipes in Hz against closed forms, and the errors they raise. */
class IirDesignTest {

  private static final double RATE = 48_000;

  @Test
  void butterworthOfOrder1IsTheTextbookSection() {
    double k = Math.tan(Math.PI * 5000 / RATE);
    double[] row = butterworth(1, Band.low(5000)).sos(RATE).row(0);
    assertEquals(k / (1 + k), row[0], 1e-15);
    assertEquals(k / (1 + k), row[1], 1e-15);
    assertEquals((k - 1) / (k + 1), row[4], 1e-15);
    assertEquals(0, row[5]);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,1", "3,2", "8,4", "24,12"})
  void lowpassHasHalfTheOrderInSections(int order, int sections) {
    assertEquals(sections, butterworth(order, Band.low(5000)).sos(RATE).sections());
  }

  @Test
  void everyFamilyIsStableAndHasUnitGainWhereItShould() {
    Prototype[] families = {
      new Prototype.Butterworth(),
      new Prototype.Chebyshev2(60),
      new Prototype.Bessel(Prototype.Norm.MAG),
      new Prototype.LinkwitzRiley()
    };
    for (Prototype family : families) {
      Sos sos = new ClassicFilter(family, 6, Band.low(3000)).sos(RATE);
      assertTrue(sos.isStable(), family.describe());
      assertEquals(1, gainAtDc(sos), 1e-12, family.describe());
    }
  }

  @ParameterizedTest
  @CsvSource({"6", "-6", "0", "18.5"})
  void peakAndShelvesHaveTheirGainExactly(double gainDb) {
    Sos low = new Biquad(Biquad.Kind.LOW_SHELF, 1000, 0.7071, gainDb).sos(RATE);
    assertEquals(gainDb, 20 * Math.log10(gainAtDc(low)), 1e-11);
    assertEquals(0, 20 * Math.log10(gainAtNyquist(low)), 1e-11);
    Sos high = new Biquad(Biquad.Kind.HIGH_SHELF, 1000, 0.7071, gainDb).sos(RATE);
    assertEquals(0, 20 * Math.log10(gainAtDc(high)), 1e-11);
    assertEquals(gainDb, 20 * Math.log10(gainAtNyquist(high)), 1e-11);
  }

  @ParameterizedTest
  @EnumSource(Biquad.Kind.class)
  void everyBiquadIsOneStableSection(Biquad.Kind kind) {
    Sos sos = new Biquad(kind, 1000, 2, kind.hasGain() ? 6 : 0).sos(RATE);
    assertEquals(1, sos.sections());
    assertTrue(sos.isStable());
  }

  @ParameterizedTest
  @CsvSource({
    // kind, dB at 0 Hz, at the frequency (q = 2, so q is 6.0206 dB), and at half the rate
    "LOWPASS, 0, 6.020599913279624, -Infinity",
    "HIGHPASS, -Infinity, 6.020599913279624, 0",
    "BAND, -Infinity, 0, -Infinity",
    "BAND_SKIRT, -Infinity, 6.020599913279624, -Infinity",
    "NOTCH, 0, -Infinity, 0",
    "ALLPASS, 0, 0, 0",
    "PEAK, 0, 9, 0",
    "LOW_SHELF, 9, 4.5, 0",
    "HIGH_SHELF, 0, 4.5, 9",
  })
  void everyBiquadHasItsCookbookGains(Biquad.Kind kind, double dc, double centre, double nyquist) {
    Sos sos = new Biquad(kind, 1000, 2, kind.hasGain() ? 9 : 0).sos(RATE);
    double[] magnitude = Response.of(sos, new double[] {0, 1000, RATE / 2}, RATE).magnitudeDb();
    assertDecibels(dc, magnitude[0]);
    assertDecibels(centre, magnitude[1]);
    assertDecibels(nyquist, magnitude[2]);
  }

  @Test
  void notchAndPeakAre3DecibelsDownAtTheirBandwidth() {
    double[] edges = bandwidthEdges(1000, 20);
    for (IirDesign design : new IirDesign[] {new Notch(1000, 20), new ResonantPeak(1000, 20)}) {
      double[] magnitude = Response.of(design.sos(RATE), edges, RATE).magnitudeDb();
      assertEquals(-10 * Math.log10(2), magnitude[0], 1e-9, design.describe());
      assertEquals(-10 * Math.log10(2), magnitude[1], 1e-9, design.describe());
    }
  }

  @Test
  void combRemovesEveryHarmonic() {
    double[] harmonics = IntStream.rangeClosed(1, 480).mapToDouble(k -> 50.0 * k).toArray();
    double[] between = IntStream.range(1, 480).mapToDouble(k -> 50.0 * k + 25).toArray();
    Sos sos = new Comb(50, 30).sos(48_050);
    for (double magnitude : Response.of(sos, harmonics, 48_050).magnitudeDb()) {
      assertTrue(magnitude < -180, () -> magnitude + " dB at a harmonic");
    }
    for (double magnitude : Response.of(sos, between, 48_050).magnitudeDb()) {
      assertEquals(0, magnitude, 0.05, "between harmonics");
    }
  }

  @Test
  void linkwitzRileyIs6DecibelsDownAndItsBandsSumToAnAllpass() {
    Prototype family = new Prototype.LinkwitzRiley();
    double[] frequencies = {100, 2000, 5000, 9000, 20_000};
    for (int order : new int[] {4, 8, 16}) {
      Sos low = new ClassicFilter(family, order, Band.low(5000)).sos(RATE);
      Sos high = new ClassicFilter(family, order, Band.high(5000)).sos(RATE);
      Response lower = Response.of(low, frequencies, RATE);
      Response upper = Response.of(high, frequencies, RATE);
      assertEquals(-20 * Math.log10(2), lower.magnitudeDb()[2], 1e-10);
      for (int i = 0; i < frequencies.length; i++) {
        assertEquals(1, lower.values()[i].plus(upper.values()[i]).abs(), 1e-11);
      }
    }
  }

  @Test
  void combHasOneSectionPerHarmonicWithoutLimit() {
    Sos sos = new Comb(50, 30).sos(48_050);
    assertEquals(480, sos.sections());
    assertTrue(sos.isStable());
    double[] last = sos.row(479);
    assertEquals(-2 * Math.cos(2 * Math.PI * 480 * 50 / 48_050), last[1] / last[0], 1e-12);
    assertEquals(sos.row(0)[5], last[5], "all notches have one bandwidth");
  }

  @Test
  void combEndsBelowHalfTheRate() {
    assertEquals(479, new Comb(50, 30).sos(48_000).sections());
  }

  @Test
  void errorsStateValueAndRange() {
    assertMessage(
        "cutoff is 24000.0 Hz, expected above 0 Hz and below 24000.0 Hz, half the sample rate",
        () -> butterworth(4, Band.low(24_000)).sos(RATE));
    assertMessage(
        "sample rate is 0 Hz (unknown), a filter in Hz needs a finite rate above 0 Hz",
        () -> butterworth(4, Band.low(1000)).sos(0));
    assertMessage("order is 0, expected at least 1", () -> butterworth(0, Band.low(1000)));
    assertMessage(
        "order is 5, a Linkwitz-Riley filter is of an even order of at least 2",
        () -> new ClassicFilter(new Prototype.LinkwitzRiley(), 5, Band.low(1000)));
    assertMessage(
        "ripple is -1.0 dB, expected a finite value above 0 dB",
        () -> new Prototype.Chebyshev1(-1));
    assertMessage(
        "attenuation is 1.0 dB, expected above the ripple, 1.0 dB",
        () -> new Prototype.Elliptic(1, 1));
    assertMessage(
        "cutoff is NaN Hz, expected a finite value above 0 Hz", () -> Band.low(Double.NaN));
    assertMessage(
        "band edges are 200.0 and 100.0 Hz, expected the lower edge first",
        () -> Band.bandpass(200, 100));
    assertMessage(
        "gain is 3.0 dB, a lowpass has none: expected 0 dB",
        () -> new Biquad(Biquad.Kind.LOWPASS, 1000, 1, 3));
    assertMessage(
        "bandwidth (frequency / q) is 100000.0 Hz, expected below 24000.0 Hz, half the sample rate",
        () -> new Notch(1000, 0.01).sos(RATE));
  }

  @Test
  void gainsThatUnderflowAreRefused() {
    assertMessage(
        "gain of butterworth lowpass 20 Hz, order 155 is 0.0, expected at least 1.0E-300 in size:"
            + " lower the order or widen the band",
        () -> butterworth(155, Band.low(20)).sos(RATE));
  }

  @Test
  void descriptionsAreShort() {
    assertEquals("butterworth lowpass 5000 Hz, order 8", butterworth(8, Band.low(5000)).describe());
    assertEquals(
        "elliptic 1 dB, 60 dB bandpass 300-3400.5 Hz, order 4",
        new ClassicFilter(new Prototype.Elliptic(1, 60), 4, Band.bandpass(300, 3400.5)).describe());
    assertEquals(
        "peak 1000 Hz, q 2, +6.00 dB", new Biquad(Biquad.Kind.PEAK, 1000, 2, 6).describe());
  }

  private static ClassicFilter butterworth(int order, Band band) {
    return new ClassicFilter(new Prototype.Butterworth(), order, band);
  }

  private static double gainAtDc(Sos sos) {
    double gain = 1;
    for (double[] row : sos.toArray()) {
      gain *= (row[0] + row[1] + row[2]) / (1 + row[4] + row[5]);
    }
    return gain;
  }

  private static double gainAtNyquist(Sos sos) {
    double gain = 1;
    for (double[] row : sos.toArray()) {
      gain *= (row[0] - row[1] + row[2]) / (1 - row[4] + row[5]);
    }
    return gain;
  }

  /** Where the warped distance from the centre is half the warped bandwidth. */
  private static double[] bandwidthEdges(double frequency, double q) {
    double half = Math.tan(Math.PI * frequency / q / RATE);
    double cos = Math.cos(2 * Math.PI * frequency / RATE);
    double scale = RATE / (2 * Math.PI);
    // |cos w - cos w0| = tan(bandwidth / 2) sin w, solved for w.
    double radius = Math.hypot(1, half);
    double tilt = Math.atan(half);
    double centre = Math.acos(cos / radius);
    return new double[] {(centre - tilt) * scale, (centre + tilt) * scale};
  }

  private static void assertDecibels(double expected, double actual) {
    if (Double.isInfinite(expected)) {
      assertTrue(actual < -250, () -> actual + " dB, expected a zero");
    } else {
      assertEquals(expected, actual, 1e-11);
    }
  }

  private static void assertMessage(String message, Runnable design) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, design::run).getMessage());
  }

  @ParameterizedTest
  @EnumSource(Prototype.Norm.class)
  void besselFiltersAreRightUpToTheirHighestOrder(Prototype.Norm norm) {
    Prototype bessel = new Prototype.Bessel(norm);
    Sos sos = new ClassicFilter(bessel, 140, Band.low(5_000)).sos(48_000);
    assertTrue(sos.isStable());
    double[] decibels =
        Response.of(sos, new double[] {0, 1_000, 5_000, 10_000}, 48_000).magnitudeDb();
    assertEquals(0, decibels[0], 1e-6);
    for (int i = 1; i < decibels.length; i++) {
      assertTrue(decibels[i] < decibels[i - 1] + 1e-9, "monotonic at " + i);
    }
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> new ClassicFilter(bessel, 151, Band.low(5_000)));
    assertEquals("order is 151, expected at most 140 of a Bessel filter", refusal.getMessage());
  }
}
