package io.github.millrace.contract;

import io.github.millrace.design.Band;
import io.github.millrace.design.Notch;
import io.github.millrace.design.Response;
import io.github.millrace.design.Sos;
import io.github.millrace.design.fir.Window;
import io.github.millrace.design.fir.WindowedFir;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pipeline that every backend is held to.
 *
 * @param name for the printed matrix
 * @param pipeline what to run
 * @param precision in which arithmetic
 */
record ContractCase(String name, Pipeline pipeline, Precision precision) {

  static final double RATE = 48_000;

  static List<ContractCase> all() {
    return List.of(
        of("cascade K=1", low(2, 960)),
        of("cascade K=4", low(8, 480)),
        of("cascade K=4 narrow", low(8, 24)),
        of("cascade K=7 odd order", low(13, 9_000)),
        of("cascade notch", new Iir(new Notch(50, 30))),
        of("cascades merged", low(4, 2_000), new Iir(new Notch(50, 30)), low(3, 8_000)),
        of("cascade, gain, cascade", low(4, 2_000), new Gain(-0.25), low(2, 300)),
        of("gain", Gain.db(-3)),
        of("gain, gain, cascade", new Gain(3), new Gain(0.5), low(5, 1_000)),
        of("fir 1 tap", Fir.of(0.5)),
        of("fir 63 taps", design(63)),
        of("fir 63 taps, overlap-save", fir(63).with(Fir.Method.OVERLAP_SAVE)),
        of("fir 255 taps, direct", fir(255).with(Fir.Method.DIRECT)),
        of("fir 1023 taps, overlap-save", fir(1023).with(Fir.Method.OVERLAP_SAVE), new Gain(2)),
        of("fir of delay 0, cascade", design(63).withDelay(0), low(2, 4_000)),
        of("fir 127 taps with tail, delay -100", fir(127).withTail(), Delay.ofFrames(-100)),
        of("delay 0", Delay.ofFrames(0)),
        of("delay 777", Delay.ofFrames(777)),
        of("delay, cascade", Delay.ofSeconds(0.1), low(4, 500)),
        of("mix mono", Mix.mono()),
        of("resample down", new Resample(44_100)),
        of("resample up, fast", new Resample(96_000, Resample.Quality.FAST), new Gain(2)),
        of("cascade, resample, cascade", low(4, 3_000), new Resample(16_000), low(2, 1_000)),
        of("fft 64", new Fft(64)),
        of("fft 45, inverse", new Fft(45), new Gain(0.5), new InverseFft()),
        of("custom", low(2, 4_000), new Midpoint()),
        of("custom, cascade", new Midpoint(), low(2, 4_000)));
  }

  /** Those whose names hold the text of system property {@code millrace.contract}. */
  static List<ContractCase> asked() {
    String part = System.getProperty("millrace.contract", "");
    return all().stream().filter(test -> test.name().contains(part)).toList();
  }

  static ContractCase cascade(String name, Sos sos) {
    return of(name, new SosCascade(sos));
  }

  /** The same in float32 arithmetic. */
  ContractCase fast() {
    return new ContractCase(name + ", fast", pipeline, Precision.FAST);
  }

  /** Whether a NaN in one channel can only reach that channel. */
  boolean keepsChannelsApart() {
    return pipeline.stages().stream().noneMatch(Mix.class::isInstance);
  }

  /** Whether a constant leads to a constant that is known. */
  boolean settles() {
    return stages().stream()
        .noneMatch(
            stage ->
                stage instanceof Fft
                    || stage instanceof InverseFft
                    || stage instanceof CustomStage);
  }

  /** The constant on a channel that constants on all channels lead to. */
  double settled(double[][] x, int channel) {
    double level = keepsChannelsApart() ? x[channel][0] : (x[0][0] + x[1][0]) / 2;
    for (Stage stage : stages()) {
      level *=
          switch (stage) {
            case SosCascade cascade -> {
              double[] at = {0};
              yield Response.of(cascade.sos(), at, RATE).values()[0].re();
            }
            case Fir fir -> Arrays.stream(fir.taps()).sum();
            case Gain gain -> gain.factor();
            case Delay _, Mix _, Resample _, Fft _, InverseFft _, CustomStage _ -> 1;
            case Iir _, FirDesign _ -> throw new IllegalArgumentException("not lowered: " + stage);
          };
    }
    return level;
  }

  /** Number of stages: each may round once to the sample type. */
  int roundings() {
    return pipeline.stages().size();
  }

  /** The stages as a mono stream lowers them. */
  List<Stage> stages() {
    StreamFormat format = new StreamFormat(RATE, 1, SampleType.FLOAT64);
    List<Stage> stages = new ArrayList<>();
    for (Stage recipe : pipeline.stages()) {
      boolean mixes = recipe instanceof Mix;
      stages.add(mixes ? recipe : recipe.lower(format));
      format = mixes ? format : recipe.output(format);
    }
    return stages;
  }

  /** The cascades alone, for the error of the plain serial cascade. */
  List<Sos> cascades() {
    return stages().stream().flatMap(stage -> SosCascade.sectionsOf(stage).stream()).toList();
  }

  static ContractCase of(String name, Stage... stages) {
    return new ContractCase(name, Pipeline.of(stages), Precision.PRECISE);
  }

  private static Iir low(int order, double cutoff) {
    return Iir.butterworth(order, Band.low(cutoff));
  }

  private static FirDesign design(int taps) {
    return new FirDesign(new WindowedFir(Band.low(5_000), taps, Window.HAMMING));
  }

  static Fir fir(int taps) {
    return design(taps).lower(new StreamFormat(RATE, 1, SampleType.FLOAT64));
  }
}
