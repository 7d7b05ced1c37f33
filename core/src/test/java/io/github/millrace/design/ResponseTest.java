package io.github.millrace.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Frequency responses against closed forms. */
class ResponseTest {

  private static final double RATE = 48_000;
  private static final double[] GRID =
      IntStream.rangeClosed(0, 480).mapToDouble(i -> i * 50.0).toArray();

  @Test
  void delayOf3FramesIsLinearPhase() {
    Response response = Response.of(new double[] {0, 0, 0, 2}, GRID, RATE);
    double[] phase = response.phase();
    for (int i = 0; i < GRID.length; i++) {
      assertEquals(20 * Math.log10(2), response.magnitudeDb()[i], 1e-12);
      assertEquals(-3 * 2 * Math.PI * GRID[i] / RATE, phase[i], 1e-12);
      assertEquals(3, response.groupDelay()[i], 1e-12);
    }
  }

  @Test
  void butterworthHasItsClosedFormMagnitude() {
    double cutoff = 40;
    Sos sos = butterworth(8, cutoff);
    double[] magnitude = Response.of(sos, GRID, RATE).magnitudeDb();
    double warped = Math.tan(Math.PI * cutoff / RATE);
    for (int i = 0; i < GRID.length - 1; i++) {
      double ratio = Math.tan(Math.PI * GRID[i] / RATE) / warped;
      double expected = -10 * Math.log10(1 + Math.pow(ratio, 16));
      assertEquals(expected, magnitude[i], 1e-9 * Math.max(1, -expected), GRID[i] + " Hz");
    }
  }

  @Test
  void allFormsOfOneFilterAgree() {
    Sos sos =
        new ClassicFilter(new Prototype.Elliptic(1, 40), 4, Band.bandpass(6000, 9000)).sos(RATE);
    Response expected = Response.of(sos, GRID, RATE);
    for (Response other :
        List.of(
            Response.of(sos.toZpk(), GRID, RATE),
            Response.of(sos.toTf(), GRID, RATE),
            Response.of(Sos.of(Arrays.copyOfRange(sos.toArray(), 0, 1)), GRID, RATE)
                .then(Response.of(Sos.of(Arrays.copyOfRange(sos.toArray(), 1, 4)), GRID, RATE)))) {
      for (int i = 0; i < GRID.length; i++) {
        assertEquals(0, other.values()[i].minus(expected.values()[i]).abs(), 1e-11);
      }
      assertArrayEquals(expected.groupDelay(), other.groupDelay(), 1e-8);
    }
  }

  @Test
  void groupDelayIsMinusTheSlopeOfThePhase() {
    double step = 1e-3;
    double[] fine = IntStream.range(0, 4001).mapToDouble(i -> 900 + i * step).toArray();
    Response response =
        Response.of(new Notch(902, 30).sos(RATE).then(butterworth(5, 1000)), fine, RATE);
    double[] phase = response.phase();
    double[] delay = response.groupDelay();
    for (int i = 1; i < fine.length - 1; i++) {
      double slope = (phase[i + 1] - phase[i - 1]) / (4 * Math.PI * step / RATE);
      if (Math.abs(fine[i] - 902) > 0.01) {
        assertEquals(-slope, delay[i], 1e-3 * Math.abs(delay[i]), fine[i] + " Hz");
      }
    }
  }

  @Test
  void allpassDelayIntegratesToOneTurnPerPole() {
    Sos sos = new Biquad(Biquad.Kind.ALLPASS, 3000, 0.8, 0).sos(RATE);
    double[] delay = Response.of(sos, GRID, RATE).groupDelay();
    double sum = Arrays.stream(delay).sum() - (delay[0] + delay[480]) / 2;
    assertEquals(2 * Math.PI, sum * 2 * Math.PI * 50 / RATE, 1e-6);
  }

  @Test
  void gainsBelowTheSmallestDoubleKeepTheirDecibels() {
    Sos sos = butterworth(40, 10);
    double magnitude = Response.of(sos, new double[] {12_000}, RATE).magnitudeDb()[0];
    double ratio = 1 / Math.tan(Math.PI * 10 / RATE);
    assertEquals(-20 * 40 * Math.log10(ratio), magnitude, 1e-6);
    assertTrue(magnitude < -2500);
  }

  @Test
  void aZeroHasNoGainAndNoDelay() {
    Response response = Response.of(new double[] {1, 0, 1}, new double[] {12_000}, RATE);
    assertEquals(0, response.values()[0].abs(), 1e-15);
    Response exact = Response.of(new double[] {1, -1}, new double[] {0}, RATE);
    assertEquals(Double.NEGATIVE_INFINITY, exact.magnitudeDb()[0]);
    assertEquals(0, exact.groupDelay()[0]);
  }

  @Test
  void aPoleOnTheCircleHasInfiniteGainAndNoDelay() {
    Sos integrator = Sos.of(new double[][] {{1, 0, 0, 1, -1, 0}, {1, 0.5, 0, 1, 0, 0.25}});
    Response response = Response.of(integrator, new double[] {0, 1000}, RATE);
    assertEquals(Double.POSITIVE_INFINITY, response.magnitudeDb()[0]);
    assertEquals(0, response.groupDelay()[0]);
    assertTrue(Double.isFinite(response.magnitudeDb()[1]));
  }

  @Test
  void errorsStateValueAndRange() {
    double[] taps = {1};
    assertEquals(
        "frequency is 24001.0 Hz, expected 0 to 24000.0 Hz",
        assertThrows(
                IllegalArgumentException.class,
                () -> Response.of(taps, new double[] {24_001}, RATE))
            .getMessage());
    assertThrows(
        IllegalArgumentException.class,
        () -> Response.of(taps, GRID, RATE).then(Response.of(taps, new double[] {1}, RATE)));
  }

  private static Sos butterworth(int order, double cutoff) {
    return new ClassicFilter(new Prototype.Butterworth(), order, Band.low(cutoff)).sos(RATE);
  }
}
