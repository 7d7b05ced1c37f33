package io.github.millrace.design.fir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.design.FirGolden;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTest {
  static List<FirGolden.Case> golden() {
    return FirGolden.read("fir_windows");
  }

  @ParameterizedTest
  @MethodSource("golden")
  void equalsSciPy(FirGolden.Case golden) {
    Window window = window(golden.key(0));
    int length = golden.numbers().length;
    double[] actual =
        golden.key(1).equals("symmetric") ? window.symmetric(length) : window.periodic(length);
    // rounding the argument of I0 alone moves a Kaiser window by up to beta ulps
    assertArrayEquals(golden.numbers(), actual, 2e-15 + 2.5e-16 * window.beta());
  }

  @Test
  void goldenCoversEveryShape() {
    Set<Window.Shape> seen = EnumSet.noneOf(Window.Shape.class);
    golden().forEach(c -> seen.add(window(c.key(0)).shape()));
    assertEquals(EnumSet.allOf(Window.Shape.class), seen);
  }

  static Window window(String word) {
    int colon = word.indexOf(':');
    return colon < 0
        ? Window.parse(word)
        : Window.parse(word.substring(0, colon), Double.parseDouble(word.substring(colon + 1)));
  }

  @ParameterizedTest
  @EnumSource(Window.Shape.class)
  void isSymmetricToTheLastBit(Window.Shape shape) {
    Window window = new Window(shape, shape == Window.Shape.KAISER ? 8.6 : 0);
    for (int length : new int[] {2, 17, 100}) {
      double[] w = window.symmetric(length);
      double[] p = window.periodic(length);
      for (int n = 0; n < length; n++) {
        assertEquals(w[n], w[length - 1 - n], 0.0);
        assertEquals(n == 0 ? p[0] : p[length - n], p[n], 0.0);
      }
    }
  }

  @Test
  void kaiserOfZeroIsTheBoxcar() {
    assertArrayEquals(Window.of(Window.Shape.BOXCAR).symmetric(9), Window.kaiser(0).symmetric(9));
  }

  @Test
  void kaiserStaysFiniteAtTheLargestBeta() {
    for (double value : Window.kaiser(700).symmetric(101)) {
      assertTrue(value > 0 && value <= 1, () -> "value " + value);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"blackman-harris", "blackmanharris", "Blackman_Harris", "BLACKMANHARRIS"})
  void parsesNamesInAnyCase(String name) {
    assertEquals(Window.of(Window.Shape.BLACKMAN_HARRIS), Window.parse(name));
  }

  @Test
  void unknownNameListsTheValidOnesAndTheNearest() {
    String message =
        assertThrows(IllegalArgumentException.class, () -> Window.parse("haming")).getMessage();
    assertTrue(message.contains("did you mean hamming?"), message);
    for (Window.Shape shape : Window.Shape.values()) {
      assertTrue(message.contains(shape.label()), message);
    }
    assertEquals(
        -1,
        assertThrows(IllegalArgumentException.class, () -> Window.parse("qqqqqqqq"))
            .getMessage()
            .indexOf("did you mean"));
  }

  @Test
  void refusesParametersOutOfRange() {
    assertRefused("beta of a kaiser window is -1.0, expected 0 to 700", () -> Window.kaiser(-1));
    assertRefused("NaN", () -> Window.kaiser(Double.NaN));
    assertRefused("701", () -> Window.kaiser(701));
    assertRefused("needs its parameter beta", () -> Window.parse("kaiser"));
    assertRefused("expected none", () -> Window.parse("hann", 3));
    assertRefused("window length is 0, expected at least 1", () -> Window.HAMMING.symmetric(0));
    assertRefused("window length is -3", () -> Window.HAMMING.periodic(-3));
  }

  @Test
  void describesItself() {
    assertEquals("kaiser(8.6)", Window.parse("kaiser", 8.6).describe());
    assertEquals("hamming", Window.HAMMING.describe());
  }

  private static void assertRefused(String part, Runnable action) {
    String message = assertThrows(IllegalArgumentException.class, action::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
