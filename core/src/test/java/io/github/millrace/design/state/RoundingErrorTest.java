package io.github.millrace.design.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.design.Band;
import io.github.millrace.design.ClassicFilter;
import io.github.millrace.design.Prototype;
import io.github.millrace.design.Sos;
import org.junit.jupiter.api.Test;

class RoundingErrorTest {

  private static double of(Prototype prototype, int order, double fractionOfNyquist) {
    return RoundingError.of(
        new ClassicFilter(prototype, order, Band.low(fractionOfNyquist)).sos(2));
  }

  /** SciPy 1.17.1's sosfilt has 2e-12 and 4e-8 here. */
  @Test
  void narrowFiltersLoseDigits() {
    double butterworth = of(new Prototype.Butterworth(), 8, 0.001);
    assertTrue(butterworth > 2e-13 && butterworth < 2e-11, "Butterworth 8: " + butterworth);
    double chebyshev = of(new Prototype.Chebyshev1(1), 24, 0.001);
    assertTrue(chebyshev > 1e-9 && chebyshev < 1e-6, "Chebyshev I 24: " + chebyshev);
  }

  /** SciPy 1.17.1's sosfilt has 1.2e-8 over 2^20 frames of white noise, and 6e-10 over 2^16. */
  @Test
  void slowFiltersAreFollowedUntilTheirErrorsAddUp() {
    Sos sos = new ClassicFilter(new Prototype.Butterworth(), 4, Band.low(2e-6)).sos(2);
    double error = RoundingError.settled(sos);
    assertTrue(error > 2e-9 && error < 1e-7, "Butterworth 4 at 1e-6 of the rate: " + error);
    Sos wide = new ClassicFilter(new Prototype.Butterworth(), 4, Band.low(0.2)).sos(2);
    assertEquals(RoundingError.of(wide), RoundingError.settled(wide));
  }

  @Test
  void wideFiltersLoseNone() {
    assertTrue(of(new Prototype.Butterworth(), 4, 0.2) < 1e-15);
    assertEquals(0, RoundingError.of(Sos.of(new double[][] {{1, 0, 0, 1, 0, 0}})));
  }
}
