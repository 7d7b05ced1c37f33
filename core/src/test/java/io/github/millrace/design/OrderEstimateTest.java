package io.github.millrace.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.design.roots.BoundedMinimum;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Order estimates against SciPy, and the filters they lead to against the mask. */
class OrderEstimateTest {

  private static final double RATE = 48_000;

  @Test
  void estimatesAreSciPys() {
    for (FirGolden.Case golden : FirGolden.read("iir_orders")) {
      OrderEstimate actual = estimate(golden.key(0), mask(golden));
      assertEquals(golden.numbers()[0], actual.order(), golden.toString());
      // SciPy's search of a bandstop's edges stops at a step of 1e-5 of the warped frequency.
      double bound = golden.key(1).equals("bandstop") ? 1e-8 : 1e-12;
      assertEquals(golden.numbers()[1], actual.band().low(), bound * RATE, golden.toString());
      assertEquals(golden.numbers()[2], actual.band().high(), bound * RATE, golden.toString());
    }
  }

  @Test
  void theFilterOfAnEstimateMeetsItsMask() {
    for (FirGolden.Case golden : FirGolden.read("iir_orders")) {
      OrderEstimate.Mask mask = mask(golden);
      OrderEstimate estimate = estimate(golden.key(0), mask);
      if (estimate.order() > 60) {
        continue; // so narrow a Butterworth underflows, see IirDesignTest
      }
      Zpk zpk =
          new ClassicFilter(prototype(golden.key(0), mask), estimate.order(), estimate.band())
              .zpk(RATE);
      double[] edges = {
        mask.pass().low(), mask.pass().high(), mask.stop().low(), mask.stop().high()
      };
      double[] gain = Response.of(zpk, edges, RATE).magnitudeDb();
      double loosest = Math.min(gain[0], gain[1]);
      double highest = Math.max(gain[2], gain[3]);
      assertTrue(loosest >= -mask.rippleDb() * (1 + 1e-3), () -> golden + ": " + loosest);
      assertTrue(highest <= -mask.attenuationDb() + 1e-2, () -> golden + ": " + highest);
    }
  }

  @Test
  void masksWithoutTransitionAreRefused() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> new OrderEstimate.Mask(Band.low(1000), Band.low(900), 1, 60))
            .getMessage();
    assertEquals(
        "pass band is lowpass 1000 Hz and stop band lowpass 900 Hz, expected one kind and a"
            + " transition between them",
        message);
    OrderEstimate.Mask mask = new OrderEstimate.Mask(Band.low(1000), Band.low(30_000), 1, 60);
    assertThrows(IllegalArgumentException.class, () -> OrderEstimate.elliptic(mask, RATE));
    assertThrows(
        IllegalArgumentException.class,
        () -> new OrderEstimate.Mask(Band.low(1000), Band.low(2000), 60, 1));
  }

  @Test
  void theMinimumOfAParabolaIsItsVertex() {
    assertEquals(2, BoundedMinimum.of(x -> (x - 2) * (x - 2), -10, 7), 1e-5);
    assertEquals(0, BoundedMinimum.of(x -> x, 0, 1), 1e-5);
    assertEquals(0.3, BoundedMinimum.of(x -> Math.abs(x - 0.3), 0, 1), 1e-5);
  }

  private static OrderEstimate.Mask mask(FirGolden.Case golden) {
    double[] edge = Arrays.stream(new int[] {2, 3, 4, 5, 6, 7}).mapToDouble(golden::real).toArray();
    return new OrderEstimate.Mask(
        IirGolden.band(golden.key(1), edge[0], edge[1]),
        IirGolden.band(golden.key(1), edge[2], edge[3]),
        edge[4],
        edge[5]);
  }

  private static OrderEstimate estimate(String family, OrderEstimate.Mask mask) {
    return switch (family) {
      case "butterworth" -> OrderEstimate.butterworth(mask, RATE);
      case "chebyshev1" -> OrderEstimate.chebyshev1(mask, RATE);
      case "chebyshev2" -> OrderEstimate.chebyshev2(mask, RATE);
      default -> OrderEstimate.elliptic(mask, RATE);
    };
  }

  private static Prototype prototype(String family, OrderEstimate.Mask mask) {
    return switch (family) {
      case "butterworth" -> new Prototype.Butterworth();
      case "chebyshev1" -> new Prototype.Chebyshev1(mask.rippleDb());
      case "chebyshev2" -> new Prototype.Chebyshev2(mask.attenuationDb());
      default -> new Prototype.Elliptic(mask.rippleDb(), mask.attenuationDb());
    };
  }
}
