package io.github.millrace.stage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.design.Band;
import io.github.millrace.design.Biquad;
import io.github.millrace.design.ClassicFilter;
import io.github.millrace.design.Notch;
import io.github.millrace.design.Prototype;
import io.github.millrace.design.ResonantPeak;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recursive filters by name, and by the coefficients of a transfer function. */
class IirTest {

  private static final Band BAND = Band.bandpass(300, 3_400);

  @Test
  void factoriesTakeSciPysOrderOfParameters() {
    assertEquals(classic(new Prototype.Chebyshev1(0.5), 5), Iir.chebyshev1(5, 0.5, BAND));
    assertEquals(classic(new Prototype.Chebyshev2(40), 5), Iir.chebyshev2(5, 40, BAND));
    assertEquals(classic(new Prototype.Elliptic(0.5, 40), 5), Iir.elliptic(5, 0.5, 40, BAND));
    assertEquals(classic(new Prototype.Bessel(Prototype.Norm.PHASE), 5), Iir.bessel(5, BAND));
    assertEquals(
        classic(new Prototype.Bessel(Prototype.Norm.MAG), 5),
        Iir.bessel(5, BAND, Prototype.Norm.MAG));
    assertEquals(classic(new Prototype.LinkwitzRiley(), 4), Iir.linkwitzRiley(4, BAND));
    assertEquals(new Iir(new Notch(50, 30)), Iir.notch(50, 30));
    assertEquals(new Iir(new ResonantPeak(50, 30)), Iir.peak(50, 30));
    assertEquals(
        new Iir(new Biquad(Biquad.Kind.PEAK, 1_000, 2, -6)),
        Iir.biquad(Biquad.Kind.PEAK, 1_000, 2, -6));
    assertEquals(
        new Iir(new Biquad(Biquad.Kind.LOWPASS, 1_000, 2, 0)),
        Iir.biquad(Biquad.Kind.LOWPASS, 1_000, 2));
  }

  private static Iir classic(Prototype prototype, int order) {
    return new Iir(new ClassicFilter(prototype, order, BAND));
  }

  /** The defining difference equation is the oracle. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void aTransferFunctionIsItsDifferenceEquation(int which) {
    double[][][] all = {
      {{0.3, -0.2, 0.1}, {2, -0.8, 0.5}},
      {{1, 0.5}, {1}},
      {{3}, {1, -0.9}},
      {{0, 0, 1, 0.5}, {1, 0.1, 0.2}},
      {{1, 2, 3, 4, 5, 6}, {1, 0, 0.25}},
      {{1}, {1, -1}},
    };
    double[] b = all[which][0];
    double[] a = all[which][1];
    double[] x = new Random(which).doubles(300, -1, 1).toArray();
    double[] y = new double[x.length];
    for (int n = 0; n < x.length; n++) {
      for (int k = 0; k < b.length && k <= n; k++) {
        y[n] += b[k] * x[n - k];
      }
      for (int k = 1; k < a.length && k <= n; k++) {
        y[n] -= a[k] * y[n - k];
      }
      y[n] /= a[0];
    }
    assertArrayEquals(y, Pipeline.of(Iir.of(b, a)).filter(x, 0), 1e-11);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 8})
  void aDesignComesBackFromItsCoefficients(int order) {
    StreamFormat format = new StreamFormat(48_000, 1, SampleType.FLOAT64);
    var sos = Iir.butterworth(order, Band.low(6_000)).lower(format).sos();
    SosCascade back = Iir.of(sos.toTf().b(), sos.toTf().a());
    double[] frequencies = {0, 100, 5_000, 6_000, 7_000, 12_000};
    double[] expected =
        Pipeline.of(new SosCascade(sos)).response(frequencies, format).magnitudeDb();
    double[] actual = Pipeline.of(back).response(frequencies, format).magnitudeDb();
    assertArrayEquals(expected, actual, 1e-6);
  }

  /** Sixteen poles near z = 1: the coefficients hold them to some 0.1 of their distance from it. */
  @Test
  void coefficientsThatHoldNoFilterAreRefused() {
    StreamFormat format = new StreamFormat(48_000, 1, SampleType.FLOAT64);
    var tf = Iir.butterworth(16, Band.low(100)).lower(format).sos().toTf();
    var e = assertThrows(IllegalArgumentException.class, () -> Iir.of(tf.b(), tf.a()));
    assertTrue(e.getMessage().contains("transfer function of order 16 is "), e.getMessage());
    assertTrue(e.getMessage().contains("expected at most 0.100 dB"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> Iir.of(new double[0], new double[] {1}));
  }
}
