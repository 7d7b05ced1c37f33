package io.github.millrace.design.fir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.design.FirGolden;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The taps of resamplers: what SciPy makes of noise with the same filter, and their response. */
class ResamplerTapsTest {

  static List<FirGolden.Case> cases() {
    return FirGolden.read("resample");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void noiseComesOutAsSciPyMakesIt(FirGolden.Case golden) {
    ResamplerTaps taps =
        new ResamplerTaps(
            golden.integer(0),
            golden.integer(1),
            golden.integer(2),
            golden.real(3),
            golden.real(4));
    double[] numbers = golden.numbers();
    int frames = golden.integer(5);
    double[] x = Arrays.copyOf(numbers, frames);
    for (int k = 0; k < numbers.length - frames; k++) {
      assertEquals(numbers[frames + k], sum(taps, taps.phases(), x, k), 2e-14, "frame " + k);
    }
  }

  private static double sum(ResamplerTaps taps, double[] phases, double[] x, long k) {
    long position = k * taps.down();
    int row = (int) (position % taps.up()) * taps.perPhase();
    int oldest = (int) (position / taps.up()) - taps.half() + 1;
    double sum = 0;
    for (int i = 0; i < taps.perPhase(); i++) {
      if (oldest + i >= 0 && oldest + i < x.length) {
        sum += phases[row + i] * x[oldest + i];
      }
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    "2,1,140,0.95",
    "1,3,80,0.8",
    "160,147,110,0.91",
    "147,160,140,0.95",
    "147,640,80,0.8",
    "6,1,110,0.91"
  })
  void theFilterIsFlatAndDeep(int up, int down, double rejection, double passBand) {
    ResamplerTaps taps = ResamplerTaps.of(up, down, rejection, passBand);
    double[] phases = taps.phases();
    double lowerNyquist = 1.0 / Math.max(up, down);
    for (double f = 0; f <= 1; f += 0.02) {
      double pass = response(taps, phases, f * passBand * lowerNyquist);
      assertEquals(0, 20 * Math.log10(pass), 0.01, "pass band at " + f);
    }
    // f = 1 is the Nyquist frequency of the filter; the first side lobes are the highest
    double lobe = 1.0 / ((double) taps.half() * up);
    for (int i = 0; i < 200; i++) {
      double f = Math.min(1, lowerNyquist + 0.25 * i * lobe);
      assertTrue(
          20 * Math.log10(Math.abs(response(taps, phases, f))) < -rejection, "stop band at " + f);
    }
  }

  /** The response at a fraction of the filter's Nyquist frequency, 1 at 0. */
  private static double response(ResamplerTaps taps, double[] phases, double f) {
    double sum = 0;
    for (int phase = 0; phase < taps.up(); phase++) {
      for (int i = 0; i < taps.perPhase(); i++) {
        double offset = phase + (taps.half() - 1.0 - i) * taps.up();
        sum += phases[phase * taps.perPhase() + i] * Math.cos(Math.PI * f * offset);
      }
    }
    return sum / taps.up();
  }

  @ParameterizedTest
  @CsvSource({"65536,1", "65535,65536", "1,65536", "3,65536"})
  void theLargestFactorsTakeAboutAHundredMegabytes(int up, int down) {
    ResamplerTaps taps = ResamplerTaps.of(up, down, 110, 0.91);
    double[] phases = taps.phases();
    assertTrue(phases.length * 8.0 < 90e6, phases.length + " taps");
    for (int phase = 0; phase < up; phase += Math.max(1, up / 7)) {
      double sum = 0;
      for (int i = 0; i < taps.perPhase(); i++) {
        sum += phases[phase * taps.perPhase() + i];
      }
      assertEquals(1, sum, 1e-12, "phase " + phase);
    }
  }

  @Test
  void equalRatesChangeNothing() {
    assertArrayEquals(
        new double[] {0, 0, 0, 1, 0, 0, 0, 0}, ResamplerTaps.of(1, 1, 110, 0.91).phases());
  }

  @Test
  void badFactorsAndBandsAreRefused() {
    require("resampling factors are 0 / 3", () -> ResamplerTaps.of(0, 3, 80, 0.8));
    require("resampling factors are 3 / -1", () -> ResamplerTaps.of(3, -1, 80, 0.8));
    require("rejection is NaN dB", () -> ResamplerTaps.of(3, 1, Double.NaN, 0.8));
    require("pass band is 1.0", () -> ResamplerTaps.of(3, 1, 80, 1));
    require("expected a multiple of 4", () -> new ResamplerTaps(1, 1, 3, 0.5, 1));
    require("cutoff is 0.0", () -> new ResamplerTaps(1, 1, 4, 0, 1));
    require("beta is -1.0", () -> new ResamplerTaps(1, 1, 4, 0.5, -1));
  }

  private static void require(String part, org.junit.jupiter.api.function.Executable call) {
    var error = assertThrows(IllegalArgumentException.class, call);
    assertTrue(error.getMessage().contains(part), error.getMessage());
  }
}
