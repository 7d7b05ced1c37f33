package io.github.millrace.design;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every family, band and order against SciPy's sections and a 60-digit design; none is exempt. */
class GoldenDesignTest {

  private static final List<IirGolden.Case> CASES = IirGolden.cases("iir_designs");

  @Test
  void goldenDataCoverEveryFamilyBandAndOrder() {
    assertEquals(7 * 4 * 14 * 4, CASES.size());
    assertEquals(7 * 4 * 14, CASES.stream().filter(IirGolden.Case::tie).count());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "butter",
        "cheby1",
        "cheby2",
        "ellip",
        "bessel_phase",
        "bessel_delay",
        "bessel_mag"
      })
  void sectionsAreSciPys(String family) {
    for (IirGolden.Case golden : of(family)) {
      Sos sos = golden.filter().sos(2);
      assertEquals(golden.rows().size(), sos.sections(), golden.name());
      if (golden.tie()) {
        assertSameRoots(golden, sos);
      } else {
        assertSameRows(golden, sos);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "butter",
        "cheby1",
        "cheby2",
        "ellip",
        "bessel_phase",
        "bessel_delay",
        "bessel_mag"
      })
  void responseIsTheExactOne(String family) {
    of(family).forEach(GoldenDesignTest::assertExactResponse);
  }

  @Test
  void responseIsTheExactOneForOtherRipples() {
    List<IirGolden.Case> cases = IirGolden.cases("iir_ripples");
    assertEquals(3 * 7 * 4 * 4, cases.size());
    cases.forEach(GoldenDesignTest::assertExactResponse);
  }

  private static void assertExactResponse(IirGolden.Case golden) {
    Complex[] values = Response.of(golden.filter().sos(2), frequencies(golden), 2).values();
    double bound = Math.max(1e-11, 10 * golden.distance());
    for (int i = 0; i < values.length; i++) {
      double[] exact = golden.points().get(i);
      double distance = values[i].minus(new Complex(exact[1], exact[2])).abs();
      assertTrue(
          distance <= bound,
          () -> golden.name() + ": |H - H exact| is " + distance + ", expected at most " + bound);
    }
  }

  private static void assertSameRows(IirGolden.Case golden, Sos sos) {
    double boundA = golden.isHighElliptic() ? 1e-11 : 2e-14;
    double boundB = golden.isHighElliptic() ? 1e-10 : 1e-11;
    for (int section = 0; section < sos.sections(); section++) {
      double[] expected = golden.rows().get(section);
      double[] actual = sos.row(section);
      String name = golden.name() + ", section " + section;
      assertEquals(expected[4], actual[4], boundA, name);
      assertEquals(expected[5], actual[5], boundA, name);
      double largest =
          Math.max(Math.abs(expected[0]), Math.max(Math.abs(expected[1]), Math.abs(expected[2])));
      for (int i = 0; i < 3; i++) {
        assertEquals(expected[i], actual[i], boundB * largest, name);
      }
    }
  }

  private static void assertSameRoots(IirGolden.Case golden, Sos sos) {
    Zpk expected = Sos.of(golden.rows().toArray(double[][]::new)).toZpk();
    Zpk actual = sos.toZpk();
    double bound = golden.isHighElliptic() ? 1e-11 : 2e-14;
    assertSameSet(expected.poles(), actual.poles(), bound, golden.name() + ", pole");
    assertSameSet(expected.zeros(), actual.zeros(), bound, golden.name() + ", zero");
    assertEquals(
        1,
        actual.gain() / expected.gain(),
        golden.isHighElliptic() ? 1e-10 : 1e-11,
        golden.name() + ", gain");
  }

  private static void assertSameSet(
      List<Complex> expected, List<Complex> actual, double bound, String name) {
    assertEquals(expected.size(), actual.size(), name);
    List<Complex> left = new ArrayList<>(actual);
    for (Complex root : expected) {
      Comparator<Complex> byDistance = Comparator.comparingDouble(other -> other.minus(root).abs());
      Complex nearest = left.stream().min(byDistance).orElseThrow();
      left.remove(nearest);
      double distance = nearest.minus(root).abs();
      assertTrue(distance <= bound, () -> name + " " + root + " is " + distance + " away");
    }
  }

  private static double[] frequencies(IirGolden.Case golden) {
    return golden.points().stream().mapToDouble(point -> point[0]).toArray();
  }

  private static List<IirGolden.Case> of(String family) {
    return CASES.stream().filter(golden -> golden.family().equals(family)).toList();
  }
}
