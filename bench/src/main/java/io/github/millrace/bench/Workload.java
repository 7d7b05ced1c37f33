package io.github.millrace.bench;

import io.github.millrace.design.Band;
import io.github.millrace.design.ClassicFilter;
import io.github.millrace.design.Prototype;
import io.github.millrace.design.Sos;
import io.github.millrace.design.fir.FirTaps;
import io.github.millrace.design.fir.Window;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.SosCascade;
import io.github.millrace.stage.Stage;

/**
 * Stages worth measuring, for streams of {@link #SAMPLE_RATE}.
 *
 * @param name the word that users type
 * @param pipeline what is computed
 * @param sections second-order sections; 0 where it has none
 * @param taps taps of an FIR filter; 0 where it has none
 */
public record Workload(String name, Pipeline pipeline, int sections, int taps) {

  /** Frames per second of the input. */
  public static final int SAMPLE_RATE = 48_000;

  /** The copy, which is what everything else is compared with. */
  public static final Workload MEMCPY = of("memcpy", new Gain(1));

  /** Frames per second of a resampler's output. */
  private static final int RESAMPLED_RATE = 44_100;

  private static final double NYQUIST = SAMPLE_RATE / 2.0;
  private static final double CUTOFF = 0.02;
  private static final double NARROW_CUTOFF = 0.001;
  private static final double FIR_CUTOFF = 0.25;

  /** The first stage; of most workloads the only one. */
  public Stage stage() {
    return pipeline.stages().getFirst();
  }

  /** Stages of any kind. */
  public static Workload of(String name, Stage... stages) {
    return new Workload(name, Pipeline.of(stages), 0, 0);
  }

  /**
   * A Butterworth low-pass of order {@code 2 sections}.
   *
   * @param sections second-order sections, at least 1
   * @param narrow whether its cutoff is 0.001 of the Nyquist frequency rather than 0.02
   */
  public static Workload cascade(int sections, boolean narrow) {
    requirePositive("sections", sections);
    Band band = Band.low(NYQUIST * (narrow ? NARROW_CUTOFF : CUTOFF));
    Sos sos = new ClassicFilter(new Prototype.Butterworth(), 2 * sections, band).sos(SAMPLE_RATE);
    return new Workload("cascade", Pipeline.of(new SosCascade(sos)), sections, 0);
  }

  /**
   * A low-pass FIR at a quarter of the Nyquist frequency, by the window method with a Hamming
   * window.
   *
   * @param taps number of taps, at least 1
   */
  public static Workload fir(int taps) {
    requirePositive("taps", taps);
    double[] h =
        FirTaps.windowed(Band.low(NYQUIST * FIR_CUTOFF), taps, Window.HAMMING, SAMPLE_RATE);
    return new Workload("fir", Pipeline.of(Fir.of(h)), 0, taps);
  }

  /** From 48 to 44.1 kHz in standard quality. */
  public static Workload resample() {
    return of("resample", new Resample(RESAMPLED_RATE));
  }

  private static void requirePositive(String what, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(what + " is " + count + ", expected at least 1");
    }
  }
}
