package io.github.millrace.design.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.millrace.design.Band;
import io.github.millrace.design.ClassicFilter;
import io.github.millrace.design.Prototype;
import io.github.millrace.design.Sos;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Joins against closed forms and against a serial run in double-double. */
class StateJoinTest {

  private static final double ULP = 0x1p-53;

  /** Poles r exp(+-jw): r^n [cos nw, sin nw / q; -q sin nw, cos nw] with q = r sin w. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 63, 64, 65, 4112})
  void closedFormOfOneSection(int frames) {
    double w = 1e-4;
    double r = 0.9999;
    double q = r * Math.sin(w);
    Sos sos = Sos.of(new double[][] {{1, 0, 0, 1, -2 * r * Math.cos(w), r * r}});
    double[] matrix = StateSpace.of(sos).join(frames).matrix();
    double scale = Math.pow(r, frames);
    double cosine = scale * Math.cos(frames * w);
    double sine = scale * Math.sin(frames * w);
    double[] expected = {cosine, sine / q, -q * sine, cosine};
    for (int i = 0; i < 4; i++) {
      assertEquals(expected[i], matrix[i], 1e-7 * Math.abs(expected[i]), "entry " + i);
    }
  }

  /** Two real poles, at 1/2 and at 0: turned, s1 and s1 / 4 fall by the half. */
  @Test
  void closedFormOfOnePole() {
    Sos sos = Sos.of(new double[][] {{1, 0, 0, 1, -0.5, 0}});
    StateJoin join = StateSpace.of(sos).join(10);
    double[] half = {0x1p-11, 0x1p-9, 0x1p-13, 0x1p-11};
    assertArrayEquals(half, join.matrix());
    double[] end = {1, 2};
    join.next(new double[] {0x1p10, 0}, end);
    assertArrayEquals(new double[] {2, 2}, end);
  }

  /** A section takes what those before it leave, over however many frames. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 0.01, 1e-4, 2e-6})
  void statesAreJoinedAsExactlyAsTheyAreHeld(double cutoff) {
    ClassicFilter filter = new ClassicFilter(new Prototype.Butterworth(), 7, Band.low(cutoff));
    Sos sos = filter.sos(2);
    SplittableRandom random = new SplittableRandom(3);
    double[] start = new double[2 * sos.sections()];
    for (int k = 0; k < sos.sections(); k++) {
      start[2 * k] = random.nextGaussian();
      start[2 * k + 1] = sos.row(k)[4] / 2 * start[2 * k] + 1e-3 * cutoff * random.nextGaussian();
    }
    for (int frames : new int[] {1, 143, 144, 145, 4112}) {
      double[] end = new double[start.length];
      Arrays.fill(end, 0.25);
      StateSpace.of(sos).join(frames).next(start, end);
      double[] exact = silence(sos, start, frames);
      double largest = Arrays.stream(exact).map(Math::abs).max().orElseThrow() + 0.25;
      for (int i = 0; i < end.length; i++) {
        assertEquals(exact[i] + 0.25, end[i], 32 * ULP * largest, frames + " frames, entry " + i);
      }
    }
  }

  private static double[] silence(Sos sos, double[] start, int frames) {
    DoubleDouble[] s = Arrays.stream(start).mapToObj(DoubleDouble::of).toArray(DoubleDouble[]::new);
    for (int t = 0; t < frames; t++) {
      DoubleDouble x = DoubleDouble.ZERO;
      for (int k = 0; k < sos.sections(); k++) {
        double[] row = sos.row(k);
        DoubleDouble y = x.times(row[0]).plus(s[2 * k]);
        s[2 * k] = x.times(row[1]).minus(y.times(row[4])).plus(s[2 * k + 1]);
        s[2 * k + 1] = x.times(row[2]).minus(y.times(row[5]));
        x = y;
      }
    }
    return Arrays.stream(s).mapToDouble(DoubleDouble::toDouble).toArray();
  }

  @Test
  void refusesNegativeLengths() {
    StateSpace space = StateSpace.of(Sos.of(new double[][] {{1, 0, 0, 1, 0, 0}}));
    assertThrows(IllegalArgumentException.class, () -> space.join(-1));
  }
}
