package io.github.millrace.bench.tune;

import io.github.millrace.backend.Step;
import io.github.millrace.bench.Workload;
import io.github.millrace.choice.cost.StageKind;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Fft;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.InverseFft;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.Stage;
import java.util.List;

/**
 * Two stages of one kind, of little and of much work, from whose times those of all others follow.
 *
 * @param kind of both
 * @param low of little work
 * @param high of much; the same where the kind has no measure of work
 * @param lowChannels of the stream that low is measured on
 * @param highChannels of the stream that high is measured on
 */
record Probe(StageKind kind, Stage low, Stage high, int lowChannels, int highChannels) {

  /** Channels of the wide stream that shows how many are done at once. */
  static final int WIDE = 256;

  private static final int SHORT_FIR = 15;
  private static final int LONG_FIR = 127;
  private static final int SHORT_OVERLAP = 255;
  private static final int LONG_OVERLAP = 16_383;
  private static final int FEW_CHANNELS = 2;
  private static final int MANY_CHANNELS = 16;
  private static final int SHORT_BLOCK = 256;
  private static final int LONG_BLOCK = 2048;
  private static final int RATE = 44_100;
  private static final long DELAY = 1000;

  /** All kinds. */
  static List<Probe> all() {
    return List.of(
        mono(StageKind.CASCADE, cascade(1), cascade(8)),
        mono(StageKind.FIR, fir(SHORT_FIR, Fir.Method.DIRECT), fir(LONG_FIR, Fir.Method.DIRECT)),
        mono(
            StageKind.OVERLAP,
            fir(SHORT_OVERLAP, Fir.Method.OVERLAP_SAVE),
            fir(LONG_OVERLAP, Fir.Method.OVERLAP_SAVE)),
        mono(
            StageKind.RESAMPLE,
            new Resample(RATE, Resample.Quality.FAST),
            new Resample(RATE, Resample.Quality.BEST)),
        new Probe(
            StageKind.MIX, mix(FEW_CHANNELS), mix(MANY_CHANNELS), FEW_CHANNELS, MANY_CHANNELS),
        mono(StageKind.GAIN, new Gain(0.5), new Gain(0.5)),
        mono(StageKind.DELAY, Delay.ofFrames(DELAY), Delay.ofFrames(DELAY)),
        mono(StageKind.FFT, new Fft(SHORT_BLOCK), new Fft(LONG_BLOCK)),
        mono(StageKind.INVERSE_FFT, new InverseFft(), new InverseFft()));
  }

  private static Probe mono(StageKind kind, Stage low, Stage high) {
    return new Probe(kind, low, high, 1, 1);
  }

  private static Stage cascade(int sections) {
    return Workload.cascade(sections, false).pipeline().stages().getFirst();
  }

  private static Stage fir(int taps, Fir.Method method) {
    return ((Fir) Workload.fir(taps).pipeline().stages().getFirst()).with(method);
  }

  private static Mix mix(int channels) {
    double[][] weights = new double[channels][channels];
    for (int o = 0; o < channels; o++) {
      for (int i = 0; i < channels; i++) {
        weights[o][i] = (1.0 + o + 2 * i) / (channels * channels);
      }
    }
    return Mix.matrix(weights);
  }

  /** Whether times differ with a measure of work. */
  boolean hasUnits() {
    return kind != StageKind.GAIN && kind != StageKind.DELAY;
  }

  /** Whether more channels mean more of the same. */
  boolean hasWide() {
    return kind != StageKind.MIX;
  }

  /** A probe as a step on samples of a type. */
  Step step(boolean much, SampleType type, int channels) {
    StreamFormat format = new StreamFormat(Workload.SAMPLE_RATE, channels, type);
    if (kind == StageKind.INVERSE_FFT) {
      format = new Fft(much ? LONG_BLOCK : SHORT_BLOCK).output(format);
    }
    return new Step((much ? high : low).lower(format), format, 1, 1);
  }

  /** What can be checked from samples to samples. */
  Workload workload(boolean much) {
    Stage stage = much ? high : low;
    return kind == StageKind.INVERSE_FFT
        ? Workload.of(kind.word(), new Fft(much ? LONG_BLOCK : SHORT_BLOCK), stage)
        : Workload.of(kind.word(), stage);
  }
}
