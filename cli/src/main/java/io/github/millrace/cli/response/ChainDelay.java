package io.github.millrace.cli.response;

import io.github.millrace.cli.text.Figures;
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
import java.util.List;

/**
 * How much later than its input the output of a chain is.
 *
 * @param frames input frames by which delays and linear-phase filters are late, resamplers being in
 *     time
 * @param sampleRate of the input in Hz; 0 where unknown
 * @param everywhere whether that is all; else recursive filters, and FIR filters that are not of
 *     linear phase, add what depends on frequency
 * @param cutFrames frames that delays below 0 cut from the start
 */
public record ChainDelay(double frames, double sampleRate, boolean everywhere, long cutFrames) {

  /** The delay of stages that are ready to run. */
  public static ChainDelay of(List<Stage> stages, StreamFormat in) {
    double frames = 0;
    boolean everywhere = true;
    long cut = 0;
    StreamFormat format = in;
    for (Stage stage : stages) {
      double scale = format.sampleRate() == 0 ? 1 : in.sampleRate() / format.sampleRate();
      switch (stage) {
        case Fir fir -> {
          everywhere &= fir.isLinearPhase();
          double own = fir.isLinearPhase() ? (fir.length() - 1) / 2.0 : 0;
          frames += scale * (own - fir.alignment().advanceFrames());
        }
        case Delay delay -> {
          frames += scale * delay.delayFrames();
          cut += Math.max(0, -delay.delayFrames());
        }
        case SosCascade _, CustomStage _ -> everywhere = false;
        case Gain _, Mix _, Resample _, Fft _, InverseFft _ -> {}
        case Iir _, FirDesign _ ->
            throw new IllegalArgumentException(stage.describe() + " was not lowered");
      }
      format = stage.output(format);
    }
    return new ChainDelay(frames, in.sampleRate(), everywhere, cut);
  }

  /** The delay in milliseconds; NaN where the rate is unknown. */
  public double milliseconds() {
    return sampleRate == 0 ? Double.NaN : 1000 * frames / sampleRate;
  }

  /** For people. */
  public String describe() {
    String time = sampleRate == 0 ? "" : " (" + Figures.fixed(milliseconds(), 3) + " ms)";
    return Figures.shortest(frames)
        + " frames"
        + time
        + (everywhere ? ", the same at all frequencies" : ", and what depends on frequency")
        + (cutFrames == 0 ? "" : "; the first " + Figures.count(cutFrames) + " frames are cut");
  }
}
