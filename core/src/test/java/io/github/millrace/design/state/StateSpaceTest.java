package io.github.millrace.design.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.design.Band;
import io.github.millrace.design.ClassicFilter;
import io.github.millrace.design.Comb;
import io.github.millrace.design.FirGolden;
import io.github.millrace.design.Notch;
import io.github.millrace.design.Prototype;
import io.github.millrace.design.Sos;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateSpaceTest {
  private static List<FirGolden.Case> golden(String kind) {
    return FirGolden.read("statespace").stream().filter(c -> c.key(0).equals(kind)).toList();
  }

  static List<FirGolden.Case> matrices() {
    return golden("matrices");
  }

  static List<FirGolden.Case> powers() {
    return golden("power");
  }

  static List<FirGolden.Case> rows() {
    return golden("row");
  }

  static List<FirGolden.Case> decays() {
    return golden("decay");
  }

  private static Sos sos(FirGolden.Case golden) {
    double[] flat = golden.reals(3);
    double[][] rows = new double[flat.length / 6][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.copyOfRange(flat, 6 * i, 6 * i + 6);
    }
    return Sos.of(rows);
  }

  @ParameterizedTest
  @MethodSource("matrices")
  void matricesAreTheExactOnesRounded(FirGolden.Case golden) {
    StateSpace space = StateSpace.of(sos(golden));
    int n = space.order();
    double[] expected = golden.numbers();
    assertArrayEquals(Arrays.copyOfRange(expected, 0, n * n), space.a());
    assertArrayEquals(Arrays.copyOfRange(expected, n * n, n * n + n), space.b());
    assertArrayEquals(Arrays.copyOfRange(expected, n * n + n, n * n + 2 * n), space.c());
    assertEquals(expected[n * n + 2 * n], space.d(), 0.0);
  }

  /** Every entry is the exact one, from 120 digits, rounded to the nearest double. */
  @ParameterizedTest
  @MethodSource("powers")
  void powersAreTheExactOnesRounded(FirGolden.Case golden) {
    StateSpace space = StateSpace.of(sos(golden));
    assertArrayEquals(golden.numbers(), space.power(golden.integer(2)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void tableRowsAreTheExactOnesRounded(FirGolden.Case golden) {
    StateSpace space = StateSpace.of(sos(golden));
    int t = golden.integer(2);
    int n = space.order();
    double[] table = space.outputTable(t + 1);
    assertEquals((t + 1) * n, table.length);
    assertArrayEquals(golden.numbers(), Arrays.copyOfRange(table, t * n, (t + 1) * n));
  }

  @ParameterizedTest
  @MethodSource("decays")
  void decayLengthsAreExact(FirGolden.Case golden) {
    OptionalLong length = StateSpace.of(sos(golden)).decayLength(golden.real(2));
    assertEquals(OptionalLong.of((long) golden.numbers()[0]), length);
  }

  @Test
  void segmentsJoinIntoTheUncutRecursion() {
    Sos sos = butterworth(8, Band.low(480));
    StateSpace space = StateSpace.of(sos);
    double[] x = new double[600];
    for (int t = 0; t < x.length; t++) {
      x[t] = Math.sin(0.01 * t * t);
    }
    double[] whole = new double[x.length];
    double[] carried = run(sos, x, whole, new double[space.order()]);
    int cut = 200;
    double[] state = new double[space.order()];
    double[] joined = new double[x.length];
    double[] table = space.outputTable(cut);
    double[] power = space.power(cut);
    for (int start = 0; start < x.length; start += cut) {
      double[] y = new double[cut];
      double[] fromZero =
          run(sos, Arrays.copyOfRange(x, start, start + cut), y, new double[space.order()]);
      for (int t = 0; t < cut; t++) {
        joined[start + t] = y[t] + dot(table, t * space.order(), state);
      }
      double[] next = new double[space.order()];
      for (int i = 0; i < next.length; i++) {
        next[i] = fromZero[i] + dot(power, i * space.order(), state);
      }
      state = next;
    }
    assertArrayEquals(whole, joined, 1e-12);
    assertArrayEquals(carried, state, 1e-12);
  }

  private static Sos butterworth(int order, Band band) {
    return new ClassicFilter(new Prototype.Butterworth(), order, band).sos(48000);
  }

  private static double dot(double[] matrix, int offset, double[] vector) {
    double sum = 0;
    for (int j = 0; j < vector.length; j++) {
      sum += matrix[offset + j] * vector[j];
    }
    return sum;
  }

  /** Textbook transposed direct form II; returns the state. */
  private static double[] run(Sos sos, double[] x, double[] y, double[] state) {
    for (int t = 0; t < x.length; t++) {
      double sample = x[t];
      for (int k = 0; k < sos.sections(); k++) {
        double[] c = sos.row(k);
        double out = c[0] * sample + state[2 * k];
        state[2 * k] = c[1] * sample - c[4] * out + state[2 * k + 1];
        state[2 * k + 1] = c[2] * sample - c[5] * out;
        sample = out;
      }
      y[t] = sample;
    }
    return state;
  }

  @Test
  void inputMatrixIsTheStateAfterOneFrame() {
    Sos sos = butterworth(3, Band.bandpass(300, 3400));
    double[] y = new double[1];
    double[] state = run(sos, new double[] {1}, y, new double[2 * sos.sections()]);
    assertArrayEquals(state, StateSpace.of(sos).b(), 1e-18);
    assertEquals(y[0], StateSpace.of(sos).d(), 1e-18);
  }

  @Test
  void powerOfZeroIsTheIdentity() {
    StateSpace space = StateSpace.of(Sos.of(new double[][] {{1, 2, 3, 1, -0.5, 0.25}}));
    assertArrayEquals(new double[] {1, 0, 0, 1}, space.power(0));
    assertArrayEquals(space.a(), space.power(1));
    assertEquals(0, space.outputTable(0).length);
  }

  @Test
  void closedFormOfOnePole() {
    StateSpace space = StateSpace.of(Sos.of(new double[][] {{1, 0, 0, 1, -0.5, 0}}));
    assertEquals(0x1p-40, space.power(40)[0], 0.0);
    assertEquals(0x1p-30, space.outputTable(31)[60], 0.0);
    // h[n] = 2^-n, so sqrt(E(n) / E(0)) = 2^-n, and 2^-23 is the first below 1.3e-7
    assertEquals(OptionalLong.of(23), space.decayLength(1.3e-7));
    assertEquals(OptionalLong.of(24), space.decayLength(1.1e-7));
  }

  /** The state of a pole lasts as long as the pole, whatever a zero behind or before it cancels. */
  @Test
  void cancelledPolesAreRemembered() {
    double[] pole = {1, 0, 0, 1, -0.999, 0};
    double[] zero = {1, -0.999, 0, 1, -0.5, 0};
    // ln(1e-12) / ln(0.999), and of the 1e-8 that a pole which nothing excites is followed to
    requireMemory(27_618, Sos.of(new double[][] {pole, zero}));
    requireMemory(18_412, Sos.of(new double[][] {zero, pole}));
  }

  private static void requireMemory(long expected, Sos sos) {
    StateSpace space = StateSpace.of(sos);
    assertTrue(space.decayLength(1e-12, 1L << 20).getAsLong() < 50);
    long memory = space.memoryLength(1e-12, 1L << 20).getAsLong();
    assertTrue(Math.abs(memory - expected) <= 2, "frames: " + memory);
    assertEquals(OptionalLong.empty(), space.memoryLength(1e-12, memory - 1));
  }

  /** So that common filters are cut as short as their output allows. */
  @Test
  void commonFiltersRememberLittleMoreThanTheirOutput() {
    for (Sos sos :
        List.of(
            butterworth(2, Band.low(960)),
            butterworth(8, Band.low(480)),
            butterworth(8, Band.low(24)),
            butterworth(4, Band.high(100)),
            new Notch(50, 30).sos(48_000))) {
      StateSpace space = StateSpace.of(sos);
      for (double eps : new double[] {1e-12, 1e-17}) {
        double output = space.decayLength(eps).getAsLong();
        double memory = space.memoryLength(eps, 1L << 28).getAsLong();
        assertTrue(memory >= output && memory <= 1.25 * output, output + ", " + memory);
      }
    }
  }

  @Test
  void finiteResponsesEndExactly() {
    Sos fir = Sos.of(new double[][] {{1, 1, 1, 1, 0, 0}, {1, -1, 0, 1, 0, 0}});
    assertEquals(OptionalLong.of(4), StateSpace.of(fir).decayLength(1e-17));
    Sos silent = Sos.of(new double[][] {{0, 0, 0, 1, -0.9, 0}});
    assertEquals(OptionalLong.of(0), StateSpace.of(silent).decayLength(1e-17));
  }

  @Test
  void polesOnOrOutsideTheCircleHaveNoDecayLength() {
    for (double[] poles : new double[][] {{-1, 0}, {0, 1}, {-2, 1}, {0, 1.5}, {-2.5, 1}, {1, 0}}) {
      Sos sos = Sos.of(new double[][] {{1, 0, 0, 1, poles[0], poles[1]}});
      assertEquals(OptionalLong.empty(), StateSpace.of(sos).decayLength(1e-7));
    }
  }

  @Test
  void limitCutsTheSearch() {
    Sos sos = butterworth(8, Band.low(24));
    StateSpace space = StateSpace.of(sos);
    assertEquals(OptionalLong.of(45783), space.decayLength(1e-12, 45783));
    assertEquals(OptionalLong.empty(), space.decayLength(1e-12, 45782));
    assertEquals(OptionalLong.empty(), space.decayLength(1e-12, 1));
    Sos endless = Sos.of(new double[][] {{1, 0, 0, 1, -Math.nextDown(1.0), 0}});
    assertEquals(OptionalLong.empty(), StateSpace.of(endless).decayLength(1e-12, 100_000));
  }

  @Test
  void longCascadesStayAffordable() {
    StateSpace space = StateSpace.of(new Comb(50, 30).sos(48000));
    assertEquals(2 * 479, space.order());
    double[] squared = space.power(2);
    double[] a = space.a();
    int n = space.order();
    double corner = 0;
    for (int k = 0; k < n; k++) {
      corner += a[(n - 1) * n + k] * a[k * n];
    }
    assertEquals(corner, squared[(n - 1) * n], 1e-15);
    assertTrue(space.decayLength(1e-7, 500_000).isPresent());
  }

  @Test
  void refusesArgumentsOutOfRange() {
    StateSpace space = StateSpace.of(Sos.of(new double[][] {{1, 0, 0, 1, 0, 0}}));
    assertRefused("power is -1, expected at least 0", () -> space.power(-1));
    assertRefused("table has -1 frames, expected 0 to", () -> space.outputTable(-1));
    assertRefused("table has 2147483647 frames", () -> space.outputTable(Integer.MAX_VALUE));
    assertRefused("eps is 0.0, expected at least 1e-30, below 1", () -> space.decayLength(0));
    assertRefused("eps is 1.0", () -> space.decayLength(1));
    assertRefused("eps is NaN", () -> space.decayLength(Double.NaN));
    assertRefused("limit is 0 frames", () -> space.decayLength(1e-7, 0));
  }

  private static void assertRefused(String part, Runnable action) {
    String message = assertThrows(IllegalArgumentException.class, action::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
