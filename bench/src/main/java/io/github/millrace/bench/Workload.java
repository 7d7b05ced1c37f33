package io.github.millrace.bench;

import io.github.millrace.design.Band;
import io.github.millrace.design.Biquad;
import io.github.millrace.design.ClassicFilter;
import io.github.millrace.design.Prototype;
import io.github.millrace.design.Sos;
import io.github.millrace.design.fir.FirTaps;
import io.github.millrace.design.fir.Window;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.stage.Fft;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
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
    return fir(taps, FIR_CUTOFF);
  }

  /**
   * A low-pass FIR by the window method with a Hamming window.
   *
   * @param taps number of taps, at least 1
   * @param cutoff as a fraction of the Nyquist frequency, between 0 and 1
   */
  public static Workload fir(int taps, double cutoff) {
    requirePositive("taps", taps);
    double[] h = FirTaps.windowed(Band.low(NYQUIST * cutoff), taps, Window.HAMMING, SAMPLE_RATE);
    return new Workload("fir", Pipeline.of(Fir.of(h)), 0, taps);
  }

  /** One section: a peak of 6 dB at 1 kHz, Q of 1 (audio equaliser cookbook). */
  public static Workload biquad() {
    Sos sos = new Biquad(Biquad.Kind.PEAK, 1_000, 1, 6).sos(SAMPLE_RATE);
    return new Workload("biquad", Pipeline.of(new SosCascade(sos)), 1, 0);
  }

  /**
   * The spectrum of every block.
   *
   * @param block frames of a block, at least 1
   */
  public static Workload fft(int block) {
    return of("fft", new Fft(block));
  }

  /** Seven sections and a gain: a high-pass, a peak, a low-pass of order 8, -3 dB. */
  public static Workload chain() {
    Stage high = Iir.butterworth(4, Band.high(40));
    Stage low = Iir.butterworth(8, Band.low(NYQUIST * FIR_CUTOFF));
    Pipeline pipeline = Pipeline.of(high, biquad().stage(), low, Gain.db(-3));
    return new Workload("chain", pipeline, 7, 0);
  }

  /** From 48 to 44.1 kHz in standard quality. */
  public static Workload resample() {
    return of("resample", new Resample(RESAMPLED_RATE));
  }

  /** A gain of 1: what it costs to bring samples to a device and back. */
  public static Workload gain() {
    return of("gain", new Gain(1));
  }

  private static void requirePositive(String what, int count) {
    if (count < 1) {
      throw new IllegalArgumentException(what + " is " + count + ", expected at least 1");
    }
  }
}
