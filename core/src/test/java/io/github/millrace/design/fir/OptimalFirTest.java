package io.github.millrace.design.fir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.design.FirGolden;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimalFirTest {
  static List<FirGolden.Case> leastSquares() {
    return golden("firls");
  }

  static List<FirGolden.Case> minimax() {
    List<FirGolden.Case> cases = new ArrayList<>(golden("bandpass"));
    cases.addAll(golden("hilbert"));
    cases.addAll(golden("differentiator"));
    return cases;
  }

  private static List<FirGolden.Case> golden(String kind) {
    return FirGolden.read("fir_optimal").stream().filter(c -> c.key(0).equals(kind)).toList();
  }

  @ParameterizedTest
  @MethodSource("leastSquares")
  void leastSquaresEqualsSciPy(FirGolden.Case golden) {
    List<DesiredBand> bands = bands(golden);
    double rate = golden.real(2);
    double[] expected = golden.numbers();
    double[] taps = FirTaps.leastSquares(expected.length, bands, rate);
    double condition = golden.real(1);
    if (condition < 1e8) {
      assertArrayEquals(expected, taps, 1e-14 + 1e-15 * condition);
    }
    // where the matrix is singular in double, answers of one quality differ widely in the gaps
    double limit = squaredError(golden, expected) * 1.005 + 1e-15;
    double error = squaredError(golden, taps);
    assertTrue(error <= limit, () -> "squared error " + error + ", SciPy's " + limit);
  }

  @ParameterizedTest
  @MethodSource("minimax")
  void parksMcClellanEqualsSciPy(FirGolden.Case golden) {
    double[] expected = golden.numbers();
    double[] taps = design(golden, expected.length);
    double ripple = largestError(golden, taps);
    double limit = largestError(golden, expected);
    // both find the best on a grid, SciPy here on one twice as dense
    assertTrue(ripple <= 1.003 * limit, () -> "ripple " + ripple + ", SciPy's " + limit);
    assertTrue(ripple >= 0.998 * limit, () -> "ripple " + ripple + ", SciPy's " + limit);
    assertArrayEquals(expected, taps, 0.02 * limit);
  }

  private static double[] design(FirGolden.Case golden, int taps) {
    List<DesiredBand> bands = bands(golden);
    double rate = golden.real(2);
    return switch (golden.key(0)) {
      case "hilbert" -> FirTaps.hilbert(taps, bands, rate);
      case "differentiator" -> FirTaps.differentiator(taps, bands, rate);
      default -> FirTaps.parksMcClellan(taps, bands, rate);
    };
  }

  private static List<DesiredBand> bands(FirGolden.Case golden) {
    List<DesiredBand> bands = new ArrayList<>();
    for (String word : List.of(golden.key(3).split(",", -1))) {
      List<Double> v = List.of(word.split(":", -1)).stream().map(Double::valueOf).toList();
      bands.add(new DesiredBand(v.get(0), v.get(1), v.get(2), v.get(3), v.get(4)));
    }
    return bands;
  }

  private static double squaredError(FirGolden.Case golden, double[] taps) {
    double sum = 0;
    for (DesiredBand band : bands(golden)) {
      double[] errors = errors(golden, band, taps);
      for (int i = 0; i < errors.length; i++) {
        double edge = i == 0 || i == errors.length - 1 ? 0.5 : 1;
        sum += edge * band.weight() * errors[i] * errors[i] * (band.high() - band.low());
      }
    }
    return sum / (GRID * golden.real(2) / 2);
  }

  private static double largestError(FirGolden.Case golden, double[] taps) {
    double largest = 0;
    for (DesiredBand band : bands(golden)) {
      double[] errors = errors(golden, band, taps);
      for (int i = 0; i < errors.length; i++) {
        double f = band.low() + (band.high() - band.low()) * i / GRID;
        boolean relative = golden.key(0).equals("differentiator") && band.gain(f) > 0;
        double scale = relative ? band.weight() / band.gain(f) : band.weight();
        largest = Math.max(largest, scale * Math.abs(errors[i]));
      }
    }
    return largest;
  }

  private static final int GRID = 4000;

  /** Wanted less actual gain at points of one band. */
  private static double[] errors(FirGolden.Case golden, DesiredBand band, double[] taps) {
    boolean symmetric = !List.of("hilbert", "differentiator").contains(golden.key(0));
    double[] errors = new double[GRID + 1];
    for (int i = 0; i <= GRID; i++) {
      double f = band.low() + (band.high() - band.low()) * i / GRID;
      double w = 2 * Math.PI * f / golden.real(2);
      double gain = 0;
      for (int n = 0; n < taps.length; n++) {
        double angle = w * (n - 0.5 * (taps.length - 1));
        gain += taps[n] * (symmetric ? Math.cos(angle) : -Math.sin(angle));
      }
      errors[i] = band.gain(f) - gain;
    }
    return errors;
  }

  @Test
  void designsHundredsOfTapsWithDeepStopbands() {
    List<DesiredBand> bands =
        List.of(DesiredBand.flat(0, 4000, 1), DesiredBand.flat(4500, 24000, 0).weighted(100));
    double[] taps = FirTaps.parksMcClellan(801, bands, 48000);
    var asCase = new FirGolden.Case(List.of("bandpass", "0", "48000", ""), List.of());
    double stop = 0;
    for (double error : errors(asCase, bands.get(1), taps)) {
      stop = Math.max(stop, Math.abs(error));
    }
    double attenuationDb = -20 * Math.log10(stop);
    // Kaiser's estimate for 801 taps, 500 Hz and this weight: 140 dB
    assertTrue(attenuationDb > 138, () -> "attenuation " + attenuationDb + " dB");
  }

  @Test
  void tapsAreSymmetricToTheLastBit() {
    List<DesiredBand> bands = List.of(DesiredBand.flat(10, 40, 1));
    double[] hilbert = FirTaps.hilbert(31, bands, 100);
    double[] flat = FirTaps.parksMcClellan(31, bands, 100);
    double[] squares = FirTaps.leastSquares(31, bands, 100);
    for (int n = 0; n < 31; n++) {
      assertEquals(flat[n], flat[30 - n], 0.0);
      assertEquals(squares[n], squares[30 - n], 0.0);
      assertEquals(hilbert[n], -hilbert[30 - n], 0.0);
    }
  }

  @Test
  void refusesWhatCannotBe() {
    List<DesiredBand> high = List.of(DesiredBand.flat(0, 9, 0), DesiredBand.flat(20, 50, 1));
    assertRefused("taps is 2, expected at least 3", () -> FirTaps.parksMcClellan(2, high, 100));
    assertRefused("expected an odd number", () -> FirTaps.parksMcClellan(32, high, 100));
    assertRefused("expected an even number", () -> FirTaps.hilbert(31, high, 100));
    assertRefused("expected an odd number", () -> FirTaps.leastSquares(32, high, 100));
    assertRefused(
        "gain at 0 Hz is 1.0, expected 0",
        () -> FirTaps.hilbert(32, List.of(DesiredBand.flat(0, 9, 1)), 100));
    assertRefused(
        "band ends at 50.0 Hz, expected at most 40.0 Hz",
        () -> FirTaps.parksMcClellan(31, high, 80));
    assertRefused("has 0 bands", () -> FirTaps.leastSquares(31, List.of(), 80));
    assertRefused(
        "expected no overlap",
        () ->
            FirTaps.leastSquares(
                31, List.of(DesiredBand.flat(0, 9, 0), DesiredBand.flat(8, 50, 1)), 100));
    assertRefused("band is 5.0 to 5.0 Hz", () -> DesiredBand.flat(5, 5, 1));
    assertRefused("weight is 0.0", () -> DesiredBand.flat(5, 6, 1).weighted(0));
    assertRefused("gain is NaN", () -> DesiredBand.flat(5, 6, Double.NaN));
  }

  private static void assertRefused(String part, Runnable action) {
    String message = assertThrows(IllegalArgumentException.class, action::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
