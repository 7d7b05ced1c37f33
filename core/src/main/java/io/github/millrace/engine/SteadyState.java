package io.github.millrace.engine;

import io.github.millrace.backend.Kernel;
import io.github.millrace.backend.Step;
import io.github.millrace.design.Sos;
import io.github.millrace.plan.StageState;
import io.github.millrace.signal.SignalBuffer;
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
import java.util.List;

/** The state of a chain in which a constant input has settled. */
public final class SteadyState {

  private SteadyState() {}

  /**
   * Throws unless every step has a steady state.
   *
   * @throws IllegalArgumentException that names the step and says why it has none
   */
  public static void require(Chain chain) {
    for (Step step : chain.steps()) {
      String stage = step.stage().describe();
      switch (step.stage()) {
        case SosCascade cascade -> requireSettling(stage, cascade.sos());
        case Fft _, InverseFft _, CustomStage _ ->
            throw new IllegalArgumentException(
                "no steady start: what " + stage + " makes of a constant is not known");
        case Fir _, Gain _, Delay _, Mix _, Resample _, Iir _, FirDesign _ -> {}
      }
    }
  }

  private static void requireSettling(String stage, Sos sos) {
    try {
      sos.steadyState();
    } catch (IllegalStateException e) {
      throw new IllegalArgumentException(
          "no steady start: " + stage + " never settles, " + e.getMessage() + "; start from zero",
          e);
    }
  }

  /** Puts the kernels, in reset state, where a constant of the input's first frame leads. */
  static void set(Chain chain, List<? extends Kernel<?>> kernels, SignalBuffer in) {
    double[] level = new double[in.planes()];
    try (SignalBuffer first = SignalBuffer.allocate(in.type(), in.planes(), 1)) {
      first.copyFrom(in.slice(0, 1));
      Arrays.setAll(level, plane -> first.get(plane, 0));
    }
    for (int k = 0; k < kernels.size(); k++) {
      Step step = chain.steps().get(k);
      double[] loaded = times(level, step.loadGain());
      Kernel<?> kernel = kernels.get(k);
      if (remembers(step.stage())) {
        kernel.restore(settled(step.stage(), kernel.state(), loaded));
      }
      level = times(output(step.stage(), loaded), step.storeGain());
    }
  }

  private static boolean remembers(Stage stage) {
    return switch (stage) {
      case Gain _, Mix _ -> false;
      case SosCascade _, Fir _, Delay _, Resample _, Fft _, InverseFft _, CustomStage _ -> true;
      case Iir _, FirDesign _ ->
          throw new IllegalArgumentException(stage.describe() + " was not lowered");
    };
  }

  private static StageState settled(Stage stage, StageState reset, double[] level) {
    int[] shape = reset.shape();
    double[] values = reset.values();
    Sos sections = SosCascade.sectionsOf(stage).orElse(null);
    if (sections != null) {
      double[][] unit = sections.steadyState();
      for (int i = 0; i < values.length; i++) {
        int section = i / 2 / level.length;
        values[i] = unit[section][i % 2] * level[i / 2 % level.length];
      }
    } else {
      for (int i = 0; i < values.length; i++) {
        values[i] = level[i / shape[1]];
      }
    }
    return StageState.of(shape, values, reset.position());
  }

  /** What a stage makes of a constant on each plane. */
  private static double[] output(Stage stage, double[] level) {
    return switch (stage) {
      case SosCascade cascade -> times(level, cascade.sos().gainAtZero());
      case Fir fir -> times(level, Arrays.stream(fir.taps()).sum());
      case Gain gain -> times(level, gain.factor());
      case Mix mix -> mixed(mix.weights(), level);
      case Delay _, Resample _ -> level;
      case Fft _, InverseFft _, CustomStage _, Iir _, FirDesign _ ->
          throw new IllegalArgumentException(stage.describe() + " has no steady state");
    };
  }

  private static double[] times(double[] level, double gain) {
    return Arrays.stream(level).map(value -> gain * value).toArray();
  }

  private static double[] mixed(double[][] weights, double[] level) {
    double[] mixed = new double[weights.length];
    for (int o = 0; o < mixed.length; o++) {
      for (int c = 0; c < level.length; c++) {
        mixed[o] += weights[o][c] * level[c];
      }
    }
    return mixed;
  }
}
