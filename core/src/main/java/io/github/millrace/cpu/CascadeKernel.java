package io.github.millrace.cpu;

import io.github.millrace.backend.Step;
import io.github.millrace.design.Sos;
import io.github.millrace.host.Crew;
import io.github.millrace.plan.Bits;
import io.github.millrace.plan.StageState;
import io.github.millrace.stage.SosCascade;
import java.util.Arrays;

/**
 * Second-order sections in transposed direct form II, sample by sample, all arithmetic in float64.
 *
 * <p>Sections run four at a time, so that the recurrences of four overlap in the processor and a
 * sample passes from one to the next in a register. Formula: Oppenheim and Schafer, Discrete-Time
 * Signal Processing, 3rd ed., section 6.3.
 */
class CascadeKernel extends ChannelKernel {

  /** State below this is set to 0 at every {@link Bits#QUIET_FRAMES}: far above the subnormals. */
  private static final double SILENCE = 1e-200;

  private static final int WIDTH = 5;

  private final int sections;

  /** b0, b1, b2, -a1, -a2 of each section. */
  private final double[] coefficients;

  /** Of each plane, as SciPy's zi read row by row. */
  final double[][] state;

  private final Bits bits;

  CascadeKernel(Step step, Crew crew, Bits bits) {
    super(step, crew);
    this.bits = bits;
    Sos sos = ((SosCascade) step.stage()).sos();
    sections = sos.sections();
    coefficients = new double[WIDTH * sections];
    for (int s = 0; s < sections; s++) {
      double[] row = sos.row(s);
      System.arraycopy(row, 0, coefficients, WIDTH * s, 3);
      coefficients[WIDTH * s + 3] = -row[4];
      coefficients[WIDTH * s + 4] = -row[5];
    }
    state = new double[step.in().channels()][2 * sections];
  }

  @Override
  void process(int plane, Samples samples) {
    double[] s = state[plane];
    int section = 0;
    for (; section + 4 <= sections; section += 4) {
      four(samples, s, section);
    }
    if (section + 2 <= sections) {
      two(samples, s, section);
      section += 2;
    }
    if (section < sections) {
      one(samples, s, section);
    }
    boolean quiets = (samples.place + samples.frames) % Bits.QUIET_FRAMES == 0;
    for (int i = 0; quiets && i < s.length; i++) {
      if (Math.abs(s[i]) < SILENCE) {
        s[i] = 0;
      }
    }
  }

  private void one(Samples samples, double[] s, int section) {
    final double[] c = coefficients;
    final int k = WIDTH * section;
    final double b0p = c[k + 0];
    final double b1p = c[k + 1];
    final double b2p = c[k + 2];
    final double a1p = c[k + 3];
    final double a2p = c[k + 4];
    final int z = 2 * section;
    double up = s[z + 0];
    double vp = s[z + 1];
    final double[] x = samples.values;
    final int end = samples.at + samples.frames;
    for (int i = samples.at; i < end; i++) {
      double in = x[i];
      double yp = Fma.madd(b0p, in, up);
      up = Fma.madd(a1p, yp, Fma.madd(b1p, in, vp));
      vp = Fma.madd(a2p, yp, b2p * in);
      x[i] = yp;
    }
    s[z + 0] = up;
    s[z + 1] = vp;
  }

  private void two(Samples samples, double[] s, int section) {
    final double[] c = coefficients;
    final int k = WIDTH * section;
    final double b0p = c[k + 0];
    final double b1p = c[k + 1];
    final double b2p = c[k + 2];
    final double a1p = c[k + 3];
    final double a2p = c[k + 4];
    final double b0q = c[k + 5];
    final double b1q = c[k + 6];
    final double b2q = c[k + 7];
    final double a1q = c[k + 8];
    final double a2q = c[k + 9];
    final int z = 2 * section;
    double up = s[z + 0];
    double vp = s[z + 1];
    double uq = s[z + 2];
    double vq = s[z + 3];
    final double[] x = samples.values;
    final int end = samples.at + samples.frames;
    for (int i = samples.at; i < end; i++) {
      double in = x[i];
      double yp = Fma.madd(b0p, in, up);
      up = Fma.madd(a1p, yp, Fma.madd(b1p, in, vp));
      vp = Fma.madd(a2p, yp, b2p * in);
      double yq = Fma.madd(b0q, yp, uq);
      uq = Fma.madd(a1q, yq, Fma.madd(b1q, yp, vq));
      vq = Fma.madd(a2q, yq, b2q * yp);
      x[i] = yq;
    }
    s[z + 0] = up;
    s[z + 1] = vp;
    s[z + 2] = uq;
    s[z + 3] = vq;
  }

  private void four(Samples samples, double[] s, int section) {
    final double[] c = coefficients;
    final int k = WIDTH * section;
    final double b0p = c[k + 0];
    final double b1p = c[k + 1];
    final double b2p = c[k + 2];
    final double a1p = c[k + 3];
    final double a2p = c[k + 4];
    final double b0q = c[k + 5];
    final double b1q = c[k + 6];
    final double b2q = c[k + 7];
    final double a1q = c[k + 8];
    final double a2q = c[k + 9];
    final double b0r = c[k + 10];
    final double b1r = c[k + 11];
    final double b2r = c[k + 12];
    final double a1r = c[k + 13];
    final double a2r = c[k + 14];
    final double b0t = c[k + 15];
    final double b1t = c[k + 16];
    final double b2t = c[k + 17];
    final double a1t = c[k + 18];
    final double a2t = c[k + 19];
    final int z = 2 * section;
    double up = s[z + 0];
    double vp = s[z + 1];
    double uq = s[z + 2];
    double vq = s[z + 3];
    double ur = s[z + 4];
    double vr = s[z + 5];
    double ut = s[z + 6];
    double vt = s[z + 7];
    final double[] x = samples.values;
    final int end = samples.at + samples.frames;
    for (int i = samples.at; i < end; i++) {
      double in = x[i];
      double yp = Fma.madd(b0p, in, up);
      up = Fma.madd(a1p, yp, Fma.madd(b1p, in, vp));
      vp = Fma.madd(a2p, yp, b2p * in);
      double yq = Fma.madd(b0q, yp, uq);
      uq = Fma.madd(a1q, yq, Fma.madd(b1q, yp, vq));
      vq = Fma.madd(a2q, yq, b2q * yp);
      double yr = Fma.madd(b0r, yq, ur);
      ur = Fma.madd(a1r, yr, Fma.madd(b1r, yq, vr));
      vr = Fma.madd(a2r, yr, b2r * yq);
      double yt = Fma.madd(b0t, yr, ut);
      ut = Fma.madd(a1t, yt, Fma.madd(b1t, yr, vt));
      vt = Fma.madd(a2t, yt, b2t * yr);
      x[i] = yt;
    }
    s[z + 0] = up;
    s[z + 1] = vp;
    s[z + 2] = uq;
    s[z + 3] = vq;
    s[z + 4] = ur;
    s[z + 5] = vr;
    s[z + 6] = ut;
    s[z + 7] = vt;
  }

  @Override
  public void reset() {
    for (double[] channel : state) {
      Arrays.fill(channel, 0);
    }
    move(0);
  }

  @Override
  public StageState state() {
    int channels = state.length;
    double[] values = new double[2 * sections * channels];
    for (int c = 0; c < channels; c++) {
      for (int s = 0; s < sections; s++) {
        System.arraycopy(state[c], 2 * s, values, 2 * (s * channels + c), 2);
      }
    }
    long place = bits == Bits.FRAME ? position() : 0;
    return StageState.of(new int[] {sections, channels, 2}, values, place);
  }

  @Override
  public void restore(StageState other) {
    state().requireShapeOf(other, step.stage().describe());
    move(Place.of(other, step.stage().describe()));
    double[] values = other.values();
    int channels = state.length;
    for (int c = 0; c < channels; c++) {
      for (int s = 0; s < sections; s++) {
        System.arraycopy(values, 2 * (s * channels + c), state[c], 2 * s, 2);
      }
    }
  }

  @Override
  public String describe() {
    return "sequential in time, float64 arithmetic";
  }
}
