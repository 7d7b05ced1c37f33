package io.github.millrace.design;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Conversions between forms, settled states and single sections against SciPy and closed forms. */
class ConversionTest {

  private static final List<FirGolden.Case> CASES = FirGolden.read("iir_conversions");

  @ParameterizedTest
  @ValueSource(strings = {"zpk2sos", "tf2sos", "lr"})
  void sectionsAreSciPys(String what) {
    for (FirGolden.Case golden : of(what)) {
      Numbers numbers = new Numbers(golden);
      Sos actual =
          switch (what) {
            case "zpk2sos" -> numbers.zpk().toSos();
            case "tf2sos" -> Tf.of(numbers.next(), numbers.next()).toSos();
            default -> linkwitzRiley(golden);
          };
      double[] expected = numbers.next();
      assertEquals(expected.length, 6 * actual.sections(), golden.toString());
      // Polynomial roots are only as good as their condition; the other conversions are exact.
      double bound = what.equals("tf2sos") ? 1e-9 : 1e-14;
      for (int i = 0; i < expected.length; i++) {
        double scale = i < 3 ? Math.abs(expected[0]) + Math.abs(expected[1]) : 1;
        assertEquals(
            expected[i], actual.coefficient(i / 6, i % 6), bound * scale, golden + " at " + i);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zpk2tf", "sos2tf"})
  void polynomialsAreSciPys(String what) {
    for (FirGolden.Case golden : of(what)) {
      Numbers numbers = new Numbers(golden);
      Tf actual = what.equals("zpk2tf") ? numbers.zpk().toTf() : numbers.sos().toTf();
      assertArrayEquals(numbers.next(), actual.b(), 1e-12, golden.toString());
      assertArrayEquals(numbers.next(), actual.a(), 1e-12, golden.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tf2zpk", "sos2zpk"})
  void rootsAreSciPys(String what) {
    for (FirGolden.Case golden : of(what)) {
      Numbers numbers = new Numbers(golden);
      Zpk actual =
          what.equals("tf2zpk")
              ? Tf.of(numbers.next(), numbers.next()).toZpk()
              : numbers.sos().toZpk();
      assertSameSet(numbers.complex(), actual.zeros(), golden.toString());
      assertSameSet(numbers.complex(), actual.poles(), golden.toString());
      assertEquals(numbers.next()[0], actual.gain(), 1e-13, golden.toString());
    }
  }

  @Test
  void steadyStatesAreSciPys() {
    for (FirGolden.Case golden : of("sosfilt_zi")) {
      Numbers numbers = new Numbers(golden);
      double[][] actual = numbers.sos().steadyState();
      double[] expected = numbers.next();
      for (int i = 0; i < expected.length; i++) {
        double bound = 1e-8 * Math.abs(expected[i]) + 1e-12;
        assertEquals(expected[i], actual[i / 2][i % 2], bound, golden + " at " + i);
      }
    }
  }

  @Test
  void notchesAndPeaksAreSciPys() {
    for (FirGolden.Case golden : CASES) {
      if (golden.key(0).equals("notch") || golden.key(0).equals("peak")) {
        double frequency = golden.real(1);
        double q = golden.real(2);
        IirDesign design =
            golden.key(0).equals("notch")
                ? new Notch(frequency, q)
                : new ResonantPeak(frequency, q);
        double[] row = design.sos(golden.real(3)).row(0);
        assertArrayEquals(golden.numbers(), row, 2e-15, golden.toString());
      }
    }
  }

  @Test
  void steadyStateKeepsAConstantInputConstant() {
    Sos sos = new ClassicFilter(new Prototype.Chebyshev1(0.5), 6, Band.low(50)).sos(48_000);
    double[][] state = sos.steadyState();
    double expected = Math.pow(10, -0.5 / 20);
    for (int frame = 0; frame < 5; frame++) {
      double x = 1;
      for (int section = 0; section < sos.sections(); section++) {
        double[] row = sos.row(section);
        double y = row[0] * x + state[section][0];
        state[section][0] = row[1] * x - row[4] * y + state[section][1];
        state[section][1] = row[2] * x - row[5] * y;
        x = y;
      }
      assertEquals(expected, x, 1e-8);
    }
  }

  @Test
  void aPoleAtOneHasNoSteadyState() {
    Sos integrator = Sos.of(new double[][] {{1, 0, 0, 1, -1, 0}});
    assertThrows(IllegalStateException.class, integrator::steadyState);
    assertFalse(integrator.isStable());
    assertEquals(1, integrator.maxPoleRadius());
  }

  @Test
  void polynomialsOfHighDegreeKeepTheirRoots() {
    // The 60th roots of 1/2: all conditions are 1.
    double[] a = new double[61];
    a[0] = 1;
    a[60] = -0.5;
    Zpk zpk = Tf.of(new double[] {1}, a).toZpk();
    double radius = Math.pow(0.5, 1 / 60.0);
    List<Complex> expected =
        IntStream.range(0, 60).mapToObj(k -> Complex.polar(radius, Math.PI * k / 30)).toList();
    assertSameSet(expected, zpk.poles(), "60th roots of 1/2");
    assertEquals(60, zpk.zeros().size(), "numerator 1 has all its zeros at 0");
    assertTrue(Tf.of(new double[] {1}, a).toSos().isStable());
  }

  @Test
  void wilkinsonsScaledPolynomialSurvivesBalancing() {
    List<Complex> expected = IntStream.rangeClosed(1, 12).mapToObj(k -> Complex.real(k)).toList();
    double[] a = new Zpk(List.of(), expected, 1).toTf().a();
    List<Complex> actual = Tf.of(new double[] {1}, a).toZpk().poles();
    for (Complex root : actual) {
      assertTrue(root.isReal());
      assertEquals(Math.rint(root.re()), root.re(), 1e-3);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 7, 9, 12})
  void multipleRootsOfOppositeSignAreFound(int times) {
    List<Complex> expected = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      expected.add(Complex.ONE);
      expected.add(Complex.real(-1));
    }
    double[] a = new Zpk(List.of(), expected, 1).toTf().a();
    List<Complex> actual = Tf.of(new double[] {1}, a).toZpk().poles();
    assertEquals(times, actual.stream().filter(root -> root.re() > 0).count());
    // Rounding moves a root of multiplicity m by about the m-th root of the precision.
    double bound = 4 * Math.pow(Math.ulp(1.0), 1.0 / times);
    for (Complex root : actual) {
      assertEquals(0, root.minus(Complex.real(Math.signum(root.re()))).abs(), bound);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void transferFunctionsOfBandPassesBecomeSections(int order) {
    for (int low = 4; low <= 100; low += 4) {
      for (int high = low + 20; high <= 120; high += 4) {
        Band band = Band.bandpass(low, high);
        Sos sos = new ClassicFilter(new Prototype.Butterworth(), order, band).sos(250);
        assertEquals(order, sos.toTf().toSosWithin(0.1).sections(), band.toString());
      }
    }
  }

  @Test
  void rootsOfEvenPolynomialsArePairs() {
    Random random = new Random(7);
    for (int run = 0; run < 20_000; run++) {
      double[] a = new double[3 + 2 * random.nextInt(4)];
      a[0] = 1;
      for (int i = 2; i < a.length; i += 2) {
        a[i] = random.nextGaussian();
      }
      List<Complex> roots = Tf.of(new double[] {1}, a).toZpk().poles();
      double[] back = new Zpk(List.of(), roots, 1).toTf().a();
      assertArrayEquals(a, back, 1e-11, () -> Arrays.toString(a));
    }
  }

  @Test
  void stabilityIsDecidedNextToTheCircle() {
    double inside = 1 - Math.ulp(1.0);
    assertTrue(Sos.of(new double[][] {{1, 0, 0, 1, -(inside + 0.5), inside / 2}}).isStable());
    assertFalse(Sos.of(new double[][] {{1, 0, 0, 1, -2, 1}}).isStable());
    assertFalse(Sos.of(new double[][] {{1, 0, 0, 1, 0, 1}}).isStable());
    assertFalse(Sos.of(new double[][] {{1, 0, 0, 1, 2.5, 1.5}}).isStable());
    assertEquals(1.5, Sos.of(new double[][] {{1, 0, 0, 1, 2.5, 1.5}}).maxPoleRadius(), 1e-15);
  }

  @Test
  void cascadesAreValues() {
    double[][] rows = {{1, 2, 3, 1, 0.5, 0.25}};
    Sos sos = Sos.of(rows);
    rows[0][0] = 9;
    sos.row(0)[0] = 9;
    sos.toArray()[0][0] = 9;
    assertEquals(1, sos.coefficient(0, 0));
    assertEquals(sos, Sos.of(new double[][] {{1, 2, 3, 1, 0.5, 0.25}}));
    assertEquals(2, sos.then(sos).sections());
    assertEquals(sos.hashCode(), Sos.of(sos.toArray()).hashCode());
  }

  @Test
  void malformedCascadesAreRefused() {
    assertMessage(
        "section 0 has a0 = 2.0, expected exactly 1: divide the whole row by its a0",
        () -> Sos.of(new double[][] {{1, 0, 0, 2, 0, 0}}));
    assertMessage(
        "section 1 has 5 columns, expected [b0 b1 b2 1 a1 a2]",
        () -> Sos.of(new double[][] {{1, 0, 0, 1, 0, 0}, {1, 0, 0, 1, 0}}));
    assertMessage("cascade has 0 sections, expected at least 1", () -> Sos.of(new double[0][]));
    assertMessage(
        "section 0 coefficient is NaN, expected a finite value",
        () -> Sos.of(new double[][] {{Double.NaN, 0, 0, 1, 0, 0}}));
    assertMessage(
        "root 0.5 + 0.5i has no conjugate, expected complex roots in conjugate pairs",
        () -> new Zpk(List.of(), List.of(new Complex(0.5, 0.5)), 1).toSos());
    assertMessage(
        "a[0] is 0, expected another value", () -> Tf.of(new double[] {1}, new double[1]));
  }

  private static Sos linkwitzRiley(FirGolden.Case golden) {
    Band band = IirGolden.band(golden.key(2), golden.real(3), golden.real(4));
    return new ClassicFilter(new Prototype.LinkwitzRiley(), golden.integer(1), band).sos(2);
  }

  private static void assertSameSet(List<Complex> expected, List<Complex> actual, String name) {
    assertEquals(expected.size(), actual.size(), name);
    List<Complex> left = new ArrayList<>(actual);
    for (Complex root : expected) {
      Comparator<Complex> byDistance = Comparator.comparingDouble(other -> other.minus(root).abs());
      Complex nearest = left.stream().min(byDistance).orElseThrow();
      left.remove(nearest);
      assertEquals(0, nearest.minus(root).abs(), 1e-9, name);
    }
  }

  private static void assertMessage(String message, Runnable action) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, action::run).getMessage());
  }

  private static List<FirGolden.Case> of(String what) {
    List<FirGolden.Case> cases =
        CASES.stream().filter(golden -> golden.key(0).equals(what)).toList();
    assertFalse(cases.isEmpty(), what);
    return cases;
  }

  /** Takes a golden line apart: arrays, each led by its length. */
  private static final class Numbers {
    private final double[] all;
    private int position;

    Numbers(FirGolden.Case golden) {
      all = golden.numbers();
    }

    double[] next() {
      int length = (int) all[position];
      position += length + 1;
      return Arrays.copyOfRange(all, position - length, position);
    }

    List<Complex> complex() {
      double[] parts = next();
      return IntStream.range(0, parts.length / 2)
          .mapToObj(i -> new Complex(parts[2 * i], parts[2 * i + 1]))
          .toList();
    }

    Zpk zpk() {
      return new Zpk(complex(), complex(), next()[0]);
    }

    Sos sos() {
      double[] flat = next();
      return Sos.of(
          IntStream.range(0, flat.length / 6)
              .mapToObj(i -> Arrays.copyOfRange(flat, 6 * i, 6 * i + 6))
              .toArray(double[][]::new));
    }
  }
}
