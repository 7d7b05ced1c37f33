package io.github.millrace.design.fir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.design.FirGolden;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KaiserOrderTest {
  static List<FirGolden.Case> golden() {
    return FirGolden.read("fir_kaiser_order");
  }

  @ParameterizedTest
  @MethodSource("golden")
  void equalsSciPy(FirGolden.Case golden) {
    double attenuationDb = golden.real(0);
    double width = golden.real(1);
    double sampleRate = golden.real(2);
    double[] expected = golden.numbers();
    KaiserOrder order = KaiserOrder.of(attenuationDb, width, sampleRate);
    assertEquals((int) expected[0], order.taps());
    assertEquals(expected[1], order.beta(), 1e-14 * expected[1]);
    assertEquals(
        expected[2], KaiserOrder.attenuation(order.taps(), width, sampleRate), 1e-13 * expected[2]);
    assertEquals(Window.kaiser(order.beta()), order.window());
  }

  @Test
  void refusesWhatCannotBeMet() {
    assertRefused(
        "attenuation is 7.9 dB, expected at least 8 dB", () -> KaiserOrder.of(7.9, 1, 10));
    assertRefused("attenuation is NaN dB", () -> KaiserOrder.of(Double.NaN, 1, 10));
    assertRefused("transition width is 0.0 Hz", () -> KaiserOrder.of(60, 0, 10));
    assertRefused("expected above 0 Hz and below 5.0 Hz", () -> KaiserOrder.of(60, 5, 10));
    assertRefused("sample rate is 0 Hz", () -> KaiserOrder.of(60, 1, 0));
    assertRefused("expected fewer than 2^31", () -> KaiserOrder.of(60, 1e-9, 10));
    assertRefused("taps is 0, expected at least 1", () -> KaiserOrder.attenuation(0, 1, 10));
    assertRefused("expected a finite number", () -> KaiserOrder.beta(Double.POSITIVE_INFINITY));
  }

  private static void assertRefused(String part, Runnable action) {
    String message = assertThrows(IllegalArgumentException.class, action::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
