package io.github.millrace.cli.response;

import io.github.millrace.cli.words.StageWord;
import io.github.millrace.cli.words.WordException;
import io.github.millrace.design.Complex;
import io.github.millrace.design.Response;
import io.github.millrace.design.Sos;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.SosCascade;
import io.github.millrace.stage.Stage;
import java.util.ArrayList;
import java.util.List;

/** A chain of cascades, FIR filters and gains at one sample rate. */
public final class ChainResponse {

  private final List<Stage> stages;
  private final double sampleRate;

  private ChainResponse(List<Stage> stages, double sampleRate) {
    this.stages = stages;
    this.sampleRate = sampleRate;
  }

  /**
   * The response of these stages.
   *
   * @param sampleRate in Hz
   * @throws WordException if a stage does not exist at this rate, or is none that has one response
   *     for all channels and times
   */
  public static ChainResponse of(List<StageWord> words, double sampleRate) {
    StreamFormat format = new StreamFormat(sampleRate, 1, SampleType.FLOAT64);
    for (StageWord word : words) {
      String refusal = refusal(word.stage());
      if (refusal != null) {
        throw new WordException(word.where() + refusal + ", leave it out");
      }
    }
    return new ChainResponse(StageWord.lower(words, format), sampleRate);
  }

  private static String refusal(Stage stage) {
    return switch (stage) {
      case Delay _ -> "only shifts the signal in time";
      case Mix _ -> "mixes channels and has no response of its own";
      case Resample _ -> "changes the rate, so that no response covers input and output";
      default -> null;
    };
  }

  /** The sample rate in Hz. */
  public double sampleRate() {
    return sampleRate;
  }

  /** The response at these frequencies in Hz, each from 0 to half the sample rate. */
  public Response at(double... frequencies) {
    Response product = null;
    for (Stage stage : stages) {
      Response one =
          switch (stage) {
            case SosCascade cascade -> Response.of(cascade.sos(), frequencies, sampleRate);
            case Fir fir -> Response.of(fir.taps(), frequencies, sampleRate);
            case Gain gain -> Response.of(new double[] {gain.factor()}, frequencies, sampleRate);
            default -> throw new IllegalStateException(stage.describe());
          };
      product = product == null ? one : product.then(one);
    }
    return product;
  }

  /** The magnitude in dB at one frequency in Hz. */
  double decibels(double frequency) {
    return at(frequency).magnitudeDb()[0];
  }

  /** The cascades of the chain, in order. */
  List<Sos> cascades() {
    List<Sos> all = new ArrayList<>();
    for (Stage stage : stages) {
      if (stage instanceof SosCascade cascade) {
        all.add(cascade.sos());
      }
    }
    return all;
  }

  /**
   * All stages as one cascade, gains multiplied into a section.
   *
   * @throws WordException if there is an FIR filter, or no cascade
   */
  public Sos sos() {
    double gain = 1;
    Sos all = null;
    for (Stage stage : stages) {
      switch (stage) {
        case SosCascade cascade -> all = all == null ? cascade.sos() : all.then(cascade.sos());
        case Gain factor -> gain *= factor.factor();
        default -> throw new WordException(stage.describe() + " has no second-order sections");
      }
    }
    if (all == null) {
      throw new WordException("a gain alone has no second-order sections");
    }
    double[][] rows = all.toArray();
    for (int i = 0; i < 3; i++) {
      rows[0][i] *= gain;
    }
    return Sos.of(rows);
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
