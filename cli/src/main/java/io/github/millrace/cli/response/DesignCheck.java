package io.github.millrace.cli.response;

import io.github.millrace.cli.text.Figures;
import io.github.millrace.cli.words.StageWord;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Iir;
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
      if (word.stage() instanceof Iir iir) {
        double deviation = iir.design().deviationDb(format.sampleRate());
        if (deviation > MOST_DB) {
          warnings.add(
              word.where()
                  + "float64 sections cannot hold this filter at "
                  + Figures.shortest(format.sampleRate())
                  + " Hz: "
                  + (Double.isFinite(deviation) ? Figures.decibels(deviation) : "all is")
                  + " off at a corner; lower the rate or the order first");
        }
      }
      format = word.stage().output(format);
    }
    return warnings;
  }
}
