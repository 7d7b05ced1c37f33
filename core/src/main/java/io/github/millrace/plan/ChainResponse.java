package io.github.millrace.plan;

import io.github.millrace.design.Complex;
import io.github.millrace.design.Response;
import io.github.millrace.design.Sos;
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
import java.util.List;
import java.util.Optional;

/** A chain of filters, gains and delays at one sample rate, and its frequency response. */
public final class ChainResponse {

  private final List<Stage> stages = new ArrayList<>();
  private final double sampleRate;

  private ChainResponse(double sampleRate) {
    this.sampleRate = sampleRate;
  }

  /**
   * The response of a pipeline on streams of a format.
   *
   * @throws IllegalArgumentException if the rate is unknown (0), a stage cannot work on such a
   *     stream, or has no single response; the message names the stage
   */
  public static ChainResponse of(Pipeline pipeline, StreamFormat in) {
    Stage.requireTime(new Gain(1), in);
    ChainResponse chain = new ChainResponse(Stage.requireRate(new Gain(1), in));
    for (int i = 0; i < pipeline.stages().size(); i++) {
      Stage stage = pipeline.stages().get(i);
      Optional<String> refusal = refusal(stage);
      if (refusal.isPresent()) {
        throw new IllegalArgumentException(
            "stage " + (i + 1) + ", " + stage.describe() + ", " + refusal.get());
      }
      chain.stages.add(stage.lower(in));
    }
    return chain;
  }

  /** Why a stage has no single response for all channels and times; empty if it has one. */
  public static Optional<String> refusal(Stage stage) {
    return switch (stage) {
      case Iir _, SosCascade _, FirDesign _, Fir _, Gain _, Delay _ -> Optional.empty();
      case Mix _ -> Optional.of("mixes channels and has no response of its own");
      case Resample _ ->
          Optional.of("changes the rate, so that no response covers input and output");
      case Fft _, InverseFft _ -> Optional.of("leaves the time domain and has no response");
      case CustomStage _ -> Optional.of("is Java, whose response is not known");
    };
  }

  /** The sample rate in Hz. */
  public double sampleRate() {
    return sampleRate;
  }

  /**
   * The response at some frequencies.
   *
   * @param frequencies in Hz, each from 0 to half the sample rate
   * @throws IllegalArgumentException where a frequency is out of range
   */
  public Response at(double... frequencies) {
    Response product = Response.ofDelay(0, frequencies, sampleRate);
    for (Stage stage : stages) {
      product = product.then(of(stage, frequencies));
    }
    return product;
  }

  private Response of(Stage stage, double[] frequencies) {
    return switch (stage) {
      case SosCascade cascade -> Response.of(cascade.sos(), frequencies, sampleRate);
      case Fir fir -> response(fir, frequencies);
      case Gain gain -> Response.of(new double[] {gain.factor()}, frequencies, sampleRate);
      case Delay delay -> Response.ofDelay((double) delay.delayFrames(), frequencies, sampleRate);
      case Iir _, FirDesign _, Mix _, Resample _, Fft _, InverseFft _, CustomStage _ ->
          throw new IllegalStateException(stage.describe() + " has no response");
    };
  }

  private Response response(Fir fir, double[] frequencies) {
    Response taps = Response.of(fir.taps(), frequencies, sampleRate);
    long advance = fir.alignment().advanceFrames();
    return advance == 0
        ? taps
        : taps.then(Response.ofDelay((double) -advance, frequencies, sampleRate));
  }

  /** The cascades of the chain, in order. */
  public List<Sos> cascades() {
    return stages.stream().flatMap(stage -> SosCascade.sectionsOf(stage).stream()).toList();
  }

  /**
   * All stages as one cascade, gains multiplied into a section.
   *
   * @throws IllegalArgumentException if a stage is neither cascade nor gain, or there is no cascade
   */
  public Sos sos() {
    double gain = 1;
    Sos all = null;
    for (Stage stage : stages) {
      switch (stage) {
        case SosCascade cascade -> all = all == null ? cascade.sos() : all.then(cascade.sos());
        case Gain factor -> gain *= factor.factor();
        case Fir _, Delay _, Iir _, FirDesign _, Mix _, Resample _, Fft _, InverseFft _ ->
            throw withoutSections(stage);
        case CustomStage _ -> throw withoutSections(stage);
      }
    }
    if (all == null) {
      throw new IllegalArgumentException("a gain alone has no second-order sections");
    }
    double[][] rows = all.toArray();
    for (int i = 0; i < 3; i++) {
      rows[0][i] *= gain;
    }
    return Sos.of(rows);
  }

  private static IllegalArgumentException withoutSections(Stage stage) {
    return new IllegalArgumentException(stage.describe() + " has no second-order sections");
  }

  /** The lowest frequency worth looking at: a thousandth of Nyquist, and well below every pole. */
  public double lowestFrequency() {
    double lowest = sampleRate / 2000;
    for (Sos sos : cascades()) {
      for (Complex pole : sos.toZpk().poles()) {
        // The pole's natural frequency, |ln p| in radians per frame.
        double radians = Math.hypot(Math.log(pole.abs()), pole.angle());
        lowest = Math.min(lowest, radians * sampleRate / (2 * Math.PI) / 20);
      }
    }
    return Math.pow(10, Math.floor(Math.log10(Math.max(lowest, sampleRate * 1e-7))));
  }
}
