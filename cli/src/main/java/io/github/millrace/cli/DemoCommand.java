package io.github.millrace.cli;

import io.github.millrace.choice.Backends;
import io.github.millrace.choice.Planner;
import io.github.millrace.cli.demo.CheckingSink;
import io.github.millrace.cli.demo.RepeatingSource;
import io.github.millrace.cli.demo.Sines;
import io.github.millrace.cli.filter.RunReport;
import io.github.millrace.cli.options.ExitCode;
import io.github.millrace.cli.options.PlanArguments;
import io.github.millrace.cli.options.Streams;
import io.github.millrace.cli.options.Subcommand;
import io.github.millrace.cli.response.ChainDelay;
import io.github.millrace.cli.text.Figures;
import io.github.millrace.design.Band;
import io.github.millrace.io.Scale;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.run.OfflineRun;
import io.github.millrace.run.RunSizes;
import io.github.millrace.run.RunStatistics;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Iir;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code millrace demo}.
 *
 * @param streams where to print
 */
record DemoCommand(Streams streams) implements Subcommand {

  private static final int RATE = 48_000;
  private static final int SECONDS = 600;

  /** float32 rounding of input and output, 2^-25 of full scale each, and a margin of two. */
  private static final double TOLERANCE = 1.2e-7;

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Subcommand.named("demo", this);
    PlanArguments.declare(spec);
    spec.usageMessage()
        .description(
            "Filters a ten-minute test signal in memory and checks the result.",
            "The signal is two sines; every sample after the first second is compared with the",
            "closed form, each sine times the filter's gain at its frequency.")
        .footer("", "Examples:", "  millrace demo", "  millrace demo --backend java --threads 1");
    return spec;
  }

  @Override
  public int run(ParseResult parsed) throws IOException {
    Sines sines = new Sines(0.4, RATE, 1_000, 9_000);
    Iir filter = Iir.butterworth(8, Band.low(5_000));
    StreamFormat format = new StreamFormat(RATE, 1, SampleType.FLOAT32);
    CheckingSink sink = new CheckingSink(sines.filteredSecond(filter.design().sos(RATE)));
    PlanOptions options = new PlanArguments(parsed).planOptions();
    Pipeline pipeline = Pipeline.of(filter);
    PlanOptions expecting =
        options.withLength(RunSizes.length(format, (long) RATE * SECONDS, options));
    try (RepeatingSource source = new RepeatingSource(sines.second(), RATE, (long) RATE * SECONDS);
        Plan plan = new Planner(Backends.all()).prepare(pipeline, format, expecting)) {
      print("signal", "10 minutes at 48 kHz, float32: sines of 1 kHz and 9 kHz");
      print("filter", filter.describe() + " (butter:low:5k:order=8)");
      ChainDelay delay = ChainDelay.of(List.of(filter.lower(format)), format);
      RunStatistics statistics = new OfflineRun(source, plan, sink).execute();
      RunReport report =
          new RunReport(
              plan.device(), plan.decision(), List.of(), delay, 0, statistics, Scale.FULL, 0);
      print(
          "backend",
          report.backend() + " on " + report.device().name() + " (" + report.reason() + ")");
      print("speed", report.speed());
    }
    return verdict(sink);
  }

  private int verdict(CheckingSink sink) {
    boolean right = sink.largestDifference() <= TOLERANCE && sink.frames() == (long) RATE * SECONDS;
    print(
        "check",
        Figures.count(sink.compared())
            + " samples differ from the closed form by at most "
            + String.format(Locale.ROOT, "%.1e", sink.largestDifference())
            + (right ? ": right" : ", expected at most " + TOLERANCE + ": WRONG"));
    return right ? ExitCode.DONE : ExitCode.FAILURE;
  }

  private void print(String label, String text) {
    streams.out().println(label + " ".repeat(10 - label.length()) + text);
  }
}
