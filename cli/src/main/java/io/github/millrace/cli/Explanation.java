package io.github.millrace.cli;

import io.github.millrace.choice.Environment;
import io.github.millrace.choice.Planner;
import io.github.millrace.choice.cost.Profile;
import io.github.millrace.cli.response.ChainDelay;
import io.github.millrace.cli.text.Figures;
import io.github.millrace.cli.words.StageWord;
import io.github.millrace.design.Sos;
import io.github.millrace.design.state.RoundingError;
import io.github.millrace.plan.Decision;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.plan.Prediction;
import io.github.millrace.plan.Start;
import io.github.millrace.run.RunSizes;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.SosCascade;
import io.github.millrace.stage.Stage;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What {@code explain} prints, part by part.
 *
 * @param out where to
 * @param format the stream read
 * @param frames its length; -1 where unknown
 */
record Explanation(PrintStream out, StreamFormat format, long frames) {

  /** Relative rms error of rounding to float32: 2^-24 over the square root of 6, and a margin. */
  private static final double FLOAT32_ERROR = 2.5e-8;

  /** The stream that would be read. */
  void stream() {
    String length =
        frames < 0
            ? "length unknown"
            : Figures.count(frames)
                + " frames"
                + (format.sampleRate() > 0
                    ? " (" + Figures.clock(frames / format.sampleRate()) + ")"
                    : "");
    out.println("reads      " + describe(format) + ", " + length);
  }

  private static String describe(StreamFormat stream) {
    int channels = stream.channels();
    String rate =
        stream.sampleRate() > 0 ? Figures.shortest(stream.sampleRate()) + " Hz" : "rate unknown";
    return rate
        + ", "
        + channels
        + (channels == 1 ? " channel, " : " channels, ")
        + stream.type().shortName();
  }

  /** What the words mean. */
  void stages(List<StageWord> words, List<Stage> stages) {
    StreamFormat stream = format;
    for (StageWord word : words) {
      out.println(
          (word.place() == 1 ? "stages     " : "           ")
              + word.place()
              + ". "
              + word.text()
              + "  ("
              + word.stage().describe()
              + ")");
      stream = word.stage().output(stream);
    }
    long count = new Pipeline(stages).framesOut(frames, format);
    String length = count < 0 ? "length unknown" : Figures.count(count) + " frames";
    out.println("writes     " + describe(stream) + ", " + length);
  }

  /** Where measured times come from. */
  void profile(Profile measured) {
    String where = Environment.profilePath().map(Path::toString).orElse("switched off");
    out.println(
        "profile    "
            + where
            + (measured.isEmpty()
                ? ": nothing measured, run millrace tune; shipped defaults"
                : ""));
  }

  /** Every device that was considered, whether it can run the stages, and how fast. */
  void devices(List<Planner.Candidate> candidates) {
    String label = "devices    ";
    for (Planner.Candidate candidate : candidates) {
      DeviceDescription device = candidate.device();
      String name = device.backend() + ":" + device.index() + " " + device.name();
      String note = candidate.note().isEmpty() ? "" : ", " + candidate.note();
      String can = "can run this" + candidate.prediction().map(this::time).orElse("") + note;
      out.println(label + name + ": " + candidate.refusal().orElse(can));
      label = "           ";
    }
  }

  private String time(Prediction prediction) {
    String forward = ", predicted " + Figures.seconds(1e-9 * prediction.forwardNanos());
    return frames > 0
        ? ", predicted " + Figures.seconds(1e-9 * prediction.totalNanos()) + " in all"
        : forward + " a block";
  }

  /** The plan and its memory. */
  void plan(Plan plan) {
    String label = "plan       ";
    for (String line : plan.describe().strip().split("\n", -1)) {
      out.println(label + line);
      label = "           ";
    }
    Decision decision = plan.decision();
    PlanOptions options = decision.options();
    out.println(
        "backend    " + plan.device().backend() + " (" + decision.backendFrom().describe() + ")");
    out.println(
        "threads    " + options.threadCount() + " (" + decision.threadsFrom().describe() + ")");
    if (!decision.threshold().isEmpty()) {
      out.println("threshold  " + decision.threshold());
    }
    long block = RunSizes.blockFrames(plan, frames);
    transfers(plan, block);
    if (frames < 0) {
      out.println(
          "length     unknown: decided as for a long stream in blocks of "
              + Figures.count(block)
              + " frames");
    }
    out.println(
        "precision  " + options.precision().name().toLowerCase(Locale.ROOT) + arithmetic(options));
    out.println("exact      " + options.bits().word() + ": " + options.bits().describe());
    out.println(
        "memory     "
            + Figures.bytes(RunSizes.memoryBytes(plan, frames))
            + " in blocks of "
            + Figures.count(block)
            + " frames, the same for any length; delays and histories besides");
  }

  private void transfers(Plan plan, long block) {
    if (!plan.transfers()) {
      out.println("transfers  none: the device works in the host's memory");
      return;
    }
    long up = bytes(plan.inputFormat());
    long down = bytes(plan.outputFormat());
    boolean single = frames >= 0 && frames <= block;
    out.println(
        "transfers  "
            + Figures.count(up)
            + " bytes a frame to the device and "
            + Figures.count(down)
            + " from it, "
            + (single ? "one after the other: a single block" : "both beside the kernels"));
  }

  private static long bytes(StreamFormat format) {
    return (long) format.planes() * format.type().bytes();
  }

  /** Where the output lies in time, and how long the plan waits for input. */
  void delay(List<Stage> stages, Plan plan) {
    out.println("delay      " + ChainDelay.of(stages, format).describe());
    long latency = plan.latencyFrames();
    String time =
        format.sampleRate() == 0
            ? ""
            : " (" + Figures.fixed(1000 * latency / format.sampleRate(), 3) + " ms)";
    out.println("latency    " + Figures.count(latency) + " frames" + time + " held back");
    if (plan.decision().options().start() == Start.STEADY) {
      out.println("start      steady: as if the first frame had gone on for ever before");
    }
  }

  private static String arithmetic(PlanOptions options) {
    return options.precision() == Precision.PRECISE
        ? ": float64 arithmetic and state, whatever the samples"
        : ": float32 arithmetic for f32 samples, float64 state between blocks";
  }

  /** The rounding error to expect of the cascades. */
  void accuracy(List<Stage> stages, PlanOptions options) {
    Sos all = null;
    for (Stage stage : stages) {
      Sos before = all;
      all = SosCascade.sectionsOf(stage).map(s -> before == null ? s : before.then(s)).orElse(all);
    }
    if (all == null) {
      return;
    }
    if (!all.isStable()) {
      out.println("accuracy   unstable: a pole has radius " + all.maxPoleRadius());
      return;
    }
    double error = RoundingError.settled(all);
    String rounding = "float64 arithmetic of the cascades: relative rms " + scientific(error);
    boolean narrow = format.type() == SampleType.FLOAT32;
    out.println("accuracy   " + rounding);
    if (narrow) {
      out.println("           float32 samples: " + scientific(FLOAT32_ERROR) + " more, on writing");
    }
    if (options.precision() == Precision.FAST) {
      out.println("           fast arithmetic is less exact than that; see precise");
    }
  }

  private static String scientific(double value) {
    return String.format(Locale.ROOT, "%.1e", value);
  }
}
