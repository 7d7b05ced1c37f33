package io.github.millrace.cli;

import io.github.millrace.cli.words.StageWord;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.SignalReader;
import io.github.millrace.plan.Backends;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Planner;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code millrace explain}. */
@Command(
    name = "explain",
    description = "Says what would run, where and why, without running it.",
    customSynopsis = {
      "millrace explain [OPTIONS] --in FILE STAGE...",
      "       millrace explain [OPTIONS] [--frames N] [--channels C] [--rate R] STAGE..."
    },
    footerHeading = "%nStages:%n",
    footer = {
      StageHelp.TEXT,
      "Examples:",
      "  millrace explain --in in.wav butter:low:5k:order=8 gain:-3dB",
      "  millrace explain --frames 1000000 --channels 2 --rate 96k --backend opencl notch:50:q=30"
    })
final class ExplainCommand implements Callable<Integer> {

  private static final double DEFAULT_RATE = 48_000;

  @Parameters(paramLabel = "STAGE", arity = "1..*", hidden = true)
  private List<String> words = new ArrayList<>();

  @Option(names = "--in", paramLabel = "FILE", description = "The file that would be filtered.")
  private String in;

  @Option(
      names = "--frames",
      paramLabel = "N",
      description = "Samples per channel; by default unknown, as for a pipe.")
  private Long frames;

  @Option(
      names = "--type",
      paramLabel = "f32|f64",
      description = "Samples in memory; by default as filter would choose, or f32.")
  private String type;

  @Mixin private InputArguments input;
  @Mixin private PlanArguments planning;

  private final Streams streams;

  ExplainCommand(Streams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    PlanOptions options = planning.planOptions();
    List<StageWord> stageWords = StageWord.parseAll(words);
    StreamFormat format = format();
    List<Stage> stages = StageWord.lower(stageWords, format);
    Explanation explanation = new Explanation(streams.out(), format, length());
    explanation.stream();
    explanation.stages(stageWords, stages);
    Planner planner = new Planner(Backends.all());
    Pipeline pipeline = new Pipeline(stages);
    explanation.devices(planner.candidates(pipeline, options));
    try (Plan plan = planner.prepare(pipeline, format, options)) {
      explanation.plan(plan, options);
      explanation.accuracy(stages, options);
    }
    return ExitCode.DONE;
  }

  private StreamFormat format() throws IOException {
    if (in == null) {
      if (frames != null && frames < 0) {
        throw new UsageException("--frames: is " + frames + ", expected at least 0");
      }
      double rate = input.rate();
      return new StreamFormat(
          rate == 0 ? DEFAULT_RATE : rate, input.channels(), type(SampleType.FLOAT32));
    }
    if (frames != null) {
      throw new UsageException("--frames: the length is that of --in, give only one");
    }
    try (SignalReader reader = input.open(in, streams)) {
      FileFormat info = reader.info();
      frames = info.frames();
      return new StreamFormat(
          info.sampleRate(), info.channels(), type(info.encoding().sampleType()));
    }
  }

  private long length() {
    return frames == null ? -1 : frames;
  }

  private SampleType type(SampleType otherwise) {
    try {
      return type == null ? otherwise : SampleType.parse(type);
    } catch (IllegalArgumentException e) {
      throw UsageException.of("--type", e);
    }
  }
}
