package io.github.millrace.cli.response;

import io.github.millrace.cli.text.Figures;
import io.github.millrace.cli.words.StageWord;
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

/** Says which recursive filters lose their shape when their sections are rounded to float64. */
public final class DesignCheck {

  /** Less than this at a corner is nobody's concern. */
  private static final double MOST_DB = 0.1;

  private DesignCheck() {}

  /** A line for each word whose filter is further off. */
  public static List<String> warnings(List<StageWord> words, StreamFormat in) {
    List<String> warnings = new ArrayList<>();
    StreamFormat format = in;
    for (StageWord word : words) {
      double deviation = deviationDb(word.stage(), format.sampleRate());
      if (deviation > MOST_DB) {
        warnings.add(
            word.where()
                + "float64 sections cannot hold this filter at "
                + Figures.shortest(format.sampleRate())
                + " Hz: "
                + (Double.isFinite(deviation) ? Figures.decibels(deviation) : "all is")
                + " off at a corner; lower the rate or the order first");
      }
      format = word.stage().output(format);
    }
    return warnings;
  }

  /** How far a designed filter is off; 0 where coefficients were given, or nothing is designed. */
  private static double deviationDb(Stage stage, double sampleRate) {
    return switch (stage) {
      case Iir iir -> iir.design().deviationDb(sampleRate);
      case SosCascade _, FirDesign _, Fir _, Gain _, Delay _, Mix _ -> 0;
      case Resample _, Fft _, InverseFft _, CustomStage _ -> 0;
    };
  }
}
