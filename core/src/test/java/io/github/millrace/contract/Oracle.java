package io.github.millrace.contract;

import io.github.millrace.design.Sos;
import io.github.millrace.design.fir.ResamplerTaps;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.CustomStage;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Fft;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.FirDesign;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.InverseFft;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.SosCascade;
import io.github.millrace.stage.Stage;
import java.util.Arrays;

/**
 * Textbook loops: what each stage makes of a whole signal [planes][frames], from reset to the end
 * of flush. Cascades run in double-double arithmetic (about 106 bits).
 */
final class Oracle {

  private Oracle() {}

  static double[][] run(Pipeline pipeline, StreamFormat format, double[][] signal) {
    double[][] now = signal;
    StreamFormat in = format;
    for (Stage stage : pipeline.stages()) {
      now = run(stage.lower(in), in, now);
      in = stage.output(in);
    }
    return now;
  }

  private static double[][] run(Stage stage, StreamFormat in, double[][] x) {
    return switch (stage) {
      case SosCascade s -> each(x, c -> cascade(s.sos(), c));
      case Gain g -> each(x, c -> Arrays.stream(c).map(v -> g.factor() * v).toArray());
      case Fir f -> each(x, c -> convolve(f, c));
      case Delay d -> each(x, c -> delay((int) d.delayFrames(), c));
      case Mix m -> mix(m.weights(), x);
      case Fft f -> spectra(f.block(), x);
      case InverseFft _ -> samples(in.fftBlock(), x);
      case CustomStage _ -> each(x, Oracle::midpoints);
      case Resample r -> each(x, c -> resample(r, in, c));
      case Iir _, FirDesign _ -> throw new IllegalArgumentException("not lowered: " + stage);
    };
  }

  private interface Channel {
    double[] apply(double[] x);
  }

  private static double[][] each(double[][] x, Channel channel) {
    return Arrays.stream(x).map(channel::apply).toArray(double[][]::new);
  }

  /** Transposed direct form II, state and sums in double-double. */
  static double[] cascade(Sos sos, double[] x) {
    return cascade(sos, x, new double[2 * sos.sections()]);
  }

  /** The same from a state on, which it leaves as it is after the signal. */
  static double[] cascade(Sos sos, double[] x, double[] state) {
    double[] y = x.clone();
    for (int s = 0; s < sos.sections(); s++) {
      double[] row = sos.row(s);
      Wide u = new Wide().add(state[2 * s]);
      Wide v = new Wide().add(state[2 * s + 1]);
      for (int n = 0; n < y.length; n++) {
        double in = y[n];
        Wide out = new Wide().add(u).addProduct(row[0], in);
        Wide nextU = new Wide().add(v).addProduct(row[1], in).subtractProduct(row[4], out);
        v = new Wide().addProduct(row[2], in).subtractProduct(row[5], out);
        u = nextU;
        y[n] = out.high;
      }
      state[2 * s] = u.high;
      state[2 * s + 1] = v.high;
    }
    return y;
  }

  /** The plain serial float64 cascade, whose error the tolerances are stated in. */
  static double[] plainCascade(Sos sos, double[] x) {
    return plainCascade(sos, x, new double[2 * sos.sections()]);
  }

  /** The same from a state on, which it leaves as it is after the signal. */
  static double[] plainCascade(Sos sos, double[] x, double[] state) {
    double[] y = x.clone();
    for (int s = 0; s < sos.sections(); s++) {
      double[] row = sos.row(s);
      double u = state[2 * s];
      double v = state[2 * s + 1];
      for (int n = 0; n < y.length; n++) {
        double in = y[n];
        y[n] = row[0] * in + u;
        u = row[1] * in - row[4] * y[n] + v;
        v = row[2] * in - row[5] * y[n];
      }
      state[2 * s] = u;
      state[2 * s + 1] = v;
    }
    return y;
  }

  /** The same in float32. */
  static double[] float32Cascade(Sos sos, double[] x) {
    double[] y = x.clone();
    for (int s = 0; s < sos.sections(); s++) {
      double[] row = sos.row(s);
      float u = 0;
      float v = 0;
      for (int n = 0; n < y.length; n++) {
        float in = (float) y[n];
        float out = (float) row[0] * in + u;
        u = (float) row[1] * in - (float) row[4] * out + v;
        v = (float) row[2] * in - (float) row[5] * out;
        y[n] = out;
      }
    }
    return y;
  }

  private static double[] convolve(Fir fir, double[] x) {
    double[] taps = fir.taps();
    int from = (int) fir.alignment().advanceFrames();
    int to = x.length + (int) fir.alignment().tailFrames();
    double[] y = new double[Math.max(0, to - from)];
    for (int n = from; n < to; n++) {
      for (int k = Math.max(0, n - x.length + 1); k < taps.length && k <= n; k++) {
        y[n - from] += taps[k] * x[n - k];
      }
    }
    return y;
  }

  private static double[] delay(int frames, double[] x) {
    double[] y = new double[Math.max(0, x.length + frames)];
    for (int n = Math.max(0, frames); n < y.length; n++) {
      y[n] = x[n - frames];
    }
    return y;
  }

  /** Output frame k lies at input time k M / L; what lies outside of the signal is silence. */
  private static double[] resample(Resample stage, StreamFormat in, double[] x) {
    long up = stage.up(in);
    long down = stage.down(in);
    Resample.Quality quality = stage.quality();
    ResamplerTaps taps =
        ResamplerTaps.of((int) up, (int) down, quality.rejectionDb(), quality.passBand());
    double[] phases = taps.phases();
    double[] y = new double[(int) ((x.length * up + down - 1) / down)];
    for (int k = 0; k < y.length; k++) {
      int row = (int) (k * down % up) * taps.perPhase();
      int first = (int) (k * down / up) - taps.half() + 1;
      for (int i = Math.max(0, -first); i < taps.perPhase() && first + i < x.length; i++) {
        y[k] += phases[row + i] * x[first + i];
      }
    }
    return y;
  }

  private static double[] midpoints(double[] x) {
    double[] y = new double[x.length];
    for (int n = 0; n < x.length; n++) {
      y[n] = 0.5 * (x[n] + (n + 1 < x.length ? x[n + 1] : 0));
    }
    return y;
  }

  private static double[][] mix(double[][] weights, double[][] x) {
    double[][] y = new double[weights.length][x[0].length];
    for (int o = 0; o < y.length; o++) {
      for (int n = 0; n < y[o].length; n++) {
        for (int c = 0; c < x.length; c++) {
          y[o][n] += weights[o][c] * x[c][n];
        }
      }
    }
    return y;
  }

  /** The defining sum of the discrete Fourier transform, block by block. */
  private static double[][] spectra(int block, double[][] x) {
    int blocks = (x[0].length + block - 1) / block;
    int bins = block / 2 + 1;
    double[][] y = new double[2 * x.length][blocks * bins];
    double[][] circle = circle(block);
    for (int c = 0; c < x.length; c++) {
      double[] padded = Arrays.copyOf(x[c], blocks * block);
      for (int i = 0; i < blocks * bins; i++) {
        for (int n = 0; n < block; n++) {
          int turn = i % bins * n % block;
          y[2 * c][i] += padded[i / bins * block + n] * circle[0][turn];
          y[2 * c + 1][i] -= padded[i / bins * block + n] * circle[1][turn];
        }
      }
    }
    return y;
  }

  private static double[][] samples(int block, double[][] x) {
    int bins = block / 2 + 1;
    int blocks = x[0].length / bins;
    double[][] y = new double[x.length / 2][blocks * block];
    double[][] circle = circle(block);
    for (int c = 0; c < y.length; c++) {
      for (int i = 0; i < y[c].length; i++) {
        int first = i / block * bins;
        for (int b = 0; b < bins; b++) {
          boolean alone = b == 0 || 2 * b == block;
          int turn = b * (i % block) % block;
          double term =
              x[2 * c][first + b] * circle[0][turn] - x[2 * c + 1][first + b] * circle[1][turn];
          y[c][i] += (alone ? 1.0 : 2.0) * term / block;
        }
      }
    }
    return y;
  }

  /** Cosine and sine of the angles that divide a circle. */
  private static double[][] circle(int parts) {
    double[][] circle = new double[2][parts];
    Arrays.setAll(circle[0], turn -> Math.cos(2 * Math.PI * turn / parts));
    Arrays.setAll(circle[1], turn -> Math.sin(2 * Math.PI * turn / parts));
    return circle;
  }

  /** An unevaluated sum of two doubles (T. J. Dekker, 1971). */
  private static final class Wide {
    private double high;
    private double low;

    Wide add(Wide other) {
      add(other.high);
      return add(other.low);
    }

    Wide addProduct(double a, double b) {
      double product = a * b;
      add(product);
      return add(Math.fma(a, b, -product));
    }

    Wide subtractProduct(double a, Wide b) {
      addProduct(-a, b.high);
      return addProduct(-a, b.low);
    }

    private Wide add(double value) {
      double sum = high + value;
      double part = sum - high;
      double error = (high - (sum - part)) + (value - part);
      double rest = low + error;
      high = sum + rest;
      low = rest - (high - sum);
      return this;
    }
  }
}
