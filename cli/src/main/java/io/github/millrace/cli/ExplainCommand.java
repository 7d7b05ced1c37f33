package io.github.millrace.cli;

import io.github.millrace.choice.Backends;
import io.github.millrace.choice.Environment;
import io.github.millrace.choice.Planner;
import io.github.millrace.cli.options.ExitCode;
import io.github.millrace.cli.options.InputArguments;
import io.github.millrace.cli.options.PlanArguments;
import io.github.millrace.cli.options.StageHelp;
import io.github.millrace.cli.options.Streams;
import io.github.millrace.cli.options.Subcommand;
import io.github.millrace.cli.options.UsageException;
import io.github.millrace.cli.response.DesignCheck;
import io.github.millrace.cli.words.StageWord;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.SignalReader;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.run.RunSizes;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Stage;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code millrace explain}.
 *
 * @param streams where to print
 */
record ExplainCommand(Streams streams) implements Subcommand {

  private static final double DEFAULT_RATE = 48_000;

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Subcommand.named("explain", this);
    spec.addPositional(Subcommand.words("STAGE", "1..*"));
    spec.addOption(Subcommand.option("--in", "FILE", "The file that would be filtered."));
    spec.addOption(
        Subcommand.option(
            Long.class,
            "--frames",
            "N",
            "Samples per channel; by default unknown, as for a pipe."));
    spec.addOption(
        Subcommand.option(
            "--type", "f32|f64", "Samples in memory; by default as filter would choose, or f32."));
    InputArguments.declare(spec);
    PlanArguments.declare(spec);
    describe(spec.usageMessage());
    return spec;
  }

  private static void describe(UsageMessageSpec usage) {
    usage
        .description("Says what would run, where and why, without running it.")
        .customSynopsis(
            "millrace explain [OPTIONS] --in FILE STAGE...",
            "       millrace explain [OPTIONS] [--frames N] [--channels C] [--rate R] STAGE...")
        .footerHeading("%nStages:%n")
        .footer(
            StageHelp.TEXT,
            "Examples:",
            "  millrace explain --in in.wav butter:low:5k:order=8 gain:-3dB",
            "  millrace explain --frames 1000000 --channels 2 --rate 96k notch:50:q=30");
  }

  @Override
  public int run(ParseResult parsed) throws IOException {
    PlanOptions options = new PlanArguments(parsed).planOptions();
    List<StageWord> words = StageWord.parseAll(Subcommand.words(parsed));
    Explanation explanation = explanation(parsed);
    List<Stage> stages = StageWord.lower(words, explanation.format());
    DesignCheck.warnings(words, explanation.format()).forEach(streams::warn);
    explanation.stream();
    explanation.stages(words, stages);
    Environment environment = Environment.system(streams::warn);
    Planner planner = new Planner(Backends.all(), environment);
    Pipeline pipeline = new Pipeline(stages);
    StreamFormat format = explanation.format();
    PlanOptions expecting =
        options.withLength(RunSizes.length(format, explanation.frames(), options));
    explanation.profile(environment.profile().get().profile());
    explanation.devices(planner.candidates(pipeline, format, expecting));
    try (Plan plan = planner.prepare(pipeline, format, expecting)) {
      explanation.plan(plan);
      explanation.delay(stages, plan);
      explanation.accuracy(stages, options);
    }
    return ExitCode.DONE;
  }

  private Explanation explanation(ParseResult parsed) throws IOException {
    InputArguments input = new InputArguments(parsed);
    String in = parsed.matchedOptionValue("--in", null);
    Long frames = parsed.matchedOptionValue("--frames", null);
    if (in != null) {
      if (frames != null) {
        throw new UsageException("--frames: the length is that of --in, give only one");
      }
      return ofFile(in, input, parsed);
    }
    if (frames != null && frames < 0) {
      throw new UsageException("--frames: is " + frames + ", expected at least 0");
    }
    double rate = input.rate() == 0 ? DEFAULT_RATE : input.rate();
    SampleType type = type(parsed, SampleType.FLOAT32);
    StreamFormat format = new StreamFormat(rate, input.channels(), type);
    return new Explanation(streams.out(), format, frames == null ? -1 : frames);
  }

  private Explanation ofFile(String in, InputArguments input, ParseResult parsed)
      throws IOException {
    try (SignalReader reader = input.open(in, streams)) {
      FileFormat info = reader.info();
      info.notes().forEach(note -> streams.warn(in + ": " + note));
      SampleType type = type(parsed, info.encoding().sampleType());
      StreamFormat format = new StreamFormat(info.sampleRate(), info.channels(), type);
      return new Explanation(streams.out(), format, info.frames());
    }
  }

  private static SampleType type(ParseResult parsed, SampleType otherwise) {
    String type = parsed.matchedOptionValue("--type", null);
    try {
      return type == null ? otherwise : SampleType.parse(type);
    } catch (IllegalArgumentException e) {
      throw UsageException.of("--type", e);
    }
  }
}
