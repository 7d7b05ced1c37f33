package io.github.millrace.cli.filter;

import io.github.millrace.cli.text.Figures;
import io.github.millrace.io.Container;
import io.github.millrace.io.Encoding;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.Scale;
import io.github.millrace.io.WriteOptions;
import io.github.millrace.run.FiniteSource;
import io.github.millrace.run.NonFinite;
import io.github.millrace.run.RunStatistics;

/**
 * What a user must know about the samples of one run.
 *
 * @param messages takes the warnings
 * @param write what is written
 */
record SampleWarnings(RunMessages messages, WriteOptions write) {

  /** Says what was decided without being asked, and what was asked for in vain. */
  void ofMeaning(String from, FileFormat info, boolean scaleStated) {
    Encoding encoding = info.encoding();
    boolean array = info.container() == Container.NPY && encoding.isInteger();
    if (array && !scaleStated && (write.encoding() != encoding || encoding == Encoding.U64)) {
      messages.warn(
          from
              + ": "
              + encoding.shortName()
              + " is read as parts of full scale, "
              + Figures.shortest(Scale.COUNTS.fullScale(encoding))
              + " steps make 1; --scale counts keeps the numbers");
    }
    if (write.dither() && !write.encoding().isInteger()) {
      messages.warn("--dither: not done, the output is " + write.encoding().shortName());
    }
  }

  /** Says which samples of the input were not finite, and what became of them. */
  void ofInput(String from, FiniteSource source, NonFinite choice) {
    if (source.count() == 0) {
      return;
    }
    String what = samples(source.count());
    String become =
        switch (choice) {
          case KEEP, FAIL -> "--nan zero or --nan hold replaces them";
          case ZERO -> "replaced by 0";
          case HOLD -> "replaced by the last finite sample of their channel";
        };
    messages.warn(
        from
            + ": "
            + what
            + (source.count() == 1 ? " is" : " are")
            + " not finite, the first at frame "
            + Figures.count(source.firstFrame())
            + " of channel "
            + source.firstChannel()
            + " (counted from 0); "
            + become);
  }

  /** Says what the output could not hold. */
  void ofOutput(String to, RunStatistics statistics) {
    if (statistics.clipped() > 0) {
      messages.warn(
          to
              + ": "
              + samples(statistics.clipped())
              + " clipped, the peak is "
              + RunReport.peak(statistics, write.scale())
              + "; turn it down with gain, or write --encoding f32");
    }
    if (statistics.undefined() > 0) {
      messages.warn(
          to
              + ": "
              + samples(statistics.undefined())
              + (statistics.undefined() == 1 ? " is" : " are")
              + " not a number, "
              + write.encoding().shortName()
              + " holds 0 instead");
    }
    if (statistics.framesOut() == 0 && statistics.framesIn() > 0) {
      messages.warn(
          to + ": holds no frame: all " + Figures.count(statistics.framesIn()) + " are cut");
    }
  }

  private static String samples(long count) {
    return Figures.count(count) + (count == 1 ? " sample" : " samples");
  }
}
