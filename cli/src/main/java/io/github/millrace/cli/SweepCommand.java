package io.github.millrace.cli;

import io.github.millrace.bench.Machine;
import io.github.millrace.bench.sweep.Sweep;
import io.github.millrace.bench.sweep.SweepPoint;
import io.github.millrace.cli.options.ExitCode;
import io.github.millrace.cli.options.Streams;
import io.github.millrace.cli.options.Subcommand;
import io.github.millrace.cli.sweep.Origin;
import io.github.millrace.cli.sweep.SweepArguments;
import io.github.millrace.cli.sweep.SweepFile;
import io.github.millrace.cli.sweep.SweepOutputs;
import io.github.millrace.cli.sweep.SweepRun;
import io.github.millrace.plan.DeviceDescription;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code millrace sweep}.
 *
 * @param streams where to print
 */
record SweepCommand(Streams streams) implements Subcommand {

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Subcommand.named("sweep", this);
    SweepArguments.declare(spec);
    spec.addOption(Subcommand.option("--csv", "FILE", "Writes all points as a table."));
    spec.addOption(Subcommand.option("--json", "FILE", "Writes all rounds of all points."));
    spec.addOption(
        Subcommand.option("--html", "FILE", "Writes a page with pictures, complete in one file."));
    spec.addOption(
        Subcommand.option(
            "--resume",
            "FILE",
            "Takes over the points of an earlier --json of this machine and version."));
    spec.usageMessage()
        .description(
            "Measures cascades frame after frame and parallel in time, over the length of the block.")
        .footer(
            "",
            "K sections are a Butterworth low-pass of order 2K at 0.02 of the Nyquist frequency. f32",
            "is float32 samples and arithmetic, f64 float64 both. Before a point is timed, the output",
            "of each path is compared with the Java reference's. The paths take turns; more rounds",
            "follow where they do not agree on the faster one. 'parallel from' is the threshold with",
            "which all lengths take least time (geometric mean, interpolated between lengths), its",
            "interval what 1,000 resamplings of the rounds say (95 %%).",
            "A backend whose plans know no threshold has one path. Backends but java also copy (K",
            "'copy': a gain of 1), memcpy is the faster way to copy by all threads.",
            "Up to four pairs of buffers rotate. Files are written as the sweep goes on; Ctrl-C keeps",
            "what is measured, and --resume goes on from there.",
            "",
            "Examples:",
            "  millrace sweep --quick --html sweep.html",
            "  millrace sweep --json sweep.json --html sweep.html",
            "  millrace sweep --resume sweep.json --json sweep.json --html sweep.html",
            "  millrace sweep --backend opencl --type f32 --channels 1 --csv sweep.csv");
    return spec;
  }

  @Override
  public int run(ParseResult parsed) throws IOException {
    SweepArguments arguments = new SweepArguments(parsed);
    List<DeviceDescription> devices = arguments.devices();
    Origin origin = Origin.here(new Version().getVersion()[0], devices);
    SweepOutputs outputs =
        new SweepOutputs(
            origin,
            parsed.matchedOptionValue("--json", null),
            parsed.matchedOptionValue("--csv", null),
            parsed.matchedOptionValue("--html", null));
    long room = Machine.freeBytes() / 4;
    Sweep sweep = new Sweep(arguments.grid(), arguments.effort(), devices, room);
    String resume = parsed.matchedOptionValue("--resume", null);
    if (resume != null) {
      List<SweepPoint> known = SweepFile.read(resume, origin);
      sweep.resume(known);
      outputs.note(sweep.points());
    }
    boolean right = new SweepRun(sweep, outputs, streams).run(arguments.progress());
    return right ? ExitCode.DONE : ExitCode.FAILURE;
  }
}
