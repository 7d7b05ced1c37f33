package io.github.millrace.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.Resample.Quality;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the quality presets promise, measured by a sine swept over the whole input band in steps:
 * what comes out is the tone itself, in level and in phase, and nothing else.
 */
class ResampleQualityTest {

  private static final int STEPS = 60;

  static Stream<Arguments> changes() {
    int[][] rates = {{44_100, 48_000}, {48_000, 44_100}, {96_000, 22_050}, {8_000, 48_000}};
    return Stream.of(Quality.values())
        .flatMap(q -> Stream.of(rates).map(r -> Arguments.of(r[0], r[1], q)));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aSweptSineComesOutAloneAndFlat(int from, int to, Quality quality) {
    double lowerNyquist = 0.5 * Math.min(from, to);
    try (Plan plan =
        Pipeline.of(new Resample(to, quality))
            .prepare(
                new StreamFormat(from, 1, SampleType.FLOAT64),
                PlanOptions.DEFAULTS.withBackend("java").withThreads(1))) {
      for (double f : sweep(0.5 * from, lowerNyquist, quality.passBand())) {
        double[] y = tone(plan, from, f);
        int edge = 2 * (int) (plan.latencyFrames() * to / from);
        double[] fit = fit(y, edge, 2 * Math.PI * f / to);
        String where = f + " Hz";
        if (f <= quality.passBand() * lowerNyquist) {
          assertEquals(0, 20 * Math.log10(Math.hypot(fit[0], fit[1])), 0.01, where);
          assertEquals(0, Math.atan2(fit[1], fit[0]), 1e-6, where);
        }
        double other = f < lowerNyquist ? fit[2] : rms(y, edge);
        assertTrue(
            20 * Math.log10(other * Math.sqrt(2)) <= -quality.rejectionDb(),
            () -> where + ": " + 20 * Math.log10(other * Math.sqrt(2)) + " dB of something else");
      }
    }
  }

  /** Steps over the input band, with the edges of pass band and stop band among them. */
  private static double[] sweep(double nyquist, double lowerNyquist, double passBand) {
    double[] edges = {passBand * lowerNyquist, 0.9999 * lowerNyquist, lowerNyquist};
    return IntStream.range(0, STEPS + edges.length)
        .mapToDouble(i -> i < STEPS ? nyquist * (i + 0.37) / STEPS : edges[i - STEPS])
        .filter(f -> f < nyquist)
        .toArray();
  }

  private static double[] tone(Plan plan, int rate, double frequency) {
    double[][] x = new double[1][(int) (8 * plan.latencyFrames() + 4000)];
    for (int i = 0; i < x[0].length; i++) {
      x[0][i] = Math.sin(2 * Math.PI * (frequency * i % rate) / rate);
    }
    plan.reset();
    return KernelRig.whole(plan, x)[0];
  }

  private static double rms(double[] y, int edge) {
    double power = 0;
    for (int k = edge; k < y.length - edge; k++) {
      power += y[k] * y[k];
    }
    return Math.sqrt(power / (y.length - 2 * edge));
  }

  /** Least-squares sine and cosine parts at a frequency, and the rms of what they leave. */
  private static double[] fit(double[] y, int edge, double step) {
    double ss = 0;
    double sc = 0;
    double cc = 0;
    double ys = 0;
    double yc = 0;
    for (int k = edge; k < y.length - edge; k++) {
      double s = Math.sin(step * k);
      double c = Math.cos(step * k);
      ss += s * s;
      sc += s * c;
      cc += c * c;
      ys += y[k] * s;
      yc += y[k] * c;
    }
    double determinant = ss * cc - sc * sc;
    double a = (ys * cc - yc * sc) / determinant;
    double b = (yc * ss - ys * sc) / determinant;
    double[] rest = new double[y.length];
    for (int k = 0; k < y.length; k++) {
      rest[k] = y[k] - a * Math.sin(step * k) - b * Math.cos(step * k);
    }
    return new double[] {a, b, rms(rest, edge)};
  }
}
