package io.github.millrace.cli;

import io.github.millrace.bench.Bench;
import io.github.millrace.bench.BenchCase;
import io.github.millrace.bench.BenchRow;
import io.github.millrace.cli.bench.BenchArguments;
import io.github.millrace.cli.bench.BenchTable;
import io.github.millrace.cli.bench.CallBench;
import io.github.millrace.cli.bench.GpuBenchRun;
import io.github.millrace.cli.bench.GridBench;
import io.github.millrace.cli.bench.MachineBench;
import io.github.millrace.cli.bench.StartBench;
import io.github.millrace.cli.bench.WholeMachine;
import io.github.millrace.cli.options.ExitCode;
import io.github.millrace.cli.options.Streams;
import io.github.millrace.cli.options.Subcommand;
import io.github.millrace.cli.options.UsageException;
import io.github.millrace.cli.text.JsonWriter;
import io.github.millrace.cli.text.Terminal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code millrace bench}.
 *
 * @param streams where to print
 */
record BenchCommand(Streams streams) implements Subcommand {

  @Override
  public CommandSpec spec() {
    CommandSpec spec = Subcommand.named("bench", this);
    BenchArguments.declare(spec);
    GridBench.declare(spec);
    spec.addOption(Subcommand.option("--json", "FILE", "Writes {\"rows\": [...]}."));
    spec.addOption(
        Subcommand.option("--html", "FILE", "all: writes a page with pictures, in one file."));
    spec.addOption(Subcommand.flag("--quick", "all: fewer and shorter measurements."));
    spec.usageMessage()
        .description("Measures a stage against the speed of a memory copy.")
        .customSynopsis(
            "millrace bench [OPTIONS] cascade|fir|resample|memcpy|calls|start|all|gpu|auto")
        .footer(
            "",
            "cascade   a Butterworth low-pass of order 2K at 0.02 of the Nyquist frequency",
            "fir       a low-pass at a quarter of the Nyquist frequency, Hamming window",
            "resample  48 to 44.1 kHz, standard quality",
            "memcpy    the copy alone, by the C library (libc) and by Java",
            "calls     whole arrays of 1,000 to 2^22 samples: Plan.forward off the heap, the same from",
            "          array to array, a new array alone, and Pipeline.filter, which makes one; the",
            "          overhead is that over forward and new array",
            "start     whole processes, launcher included: --version, and filter of one second of sound,",
            "          beside Java alone; only --json applies",
            "all       a fixed table of every device here, mono, in some minutes; only --frames,",
            "          --threads, --quick, --html and --json apply",
            "gpu       a fixed table of a device with memory of its own, by default the first of cuda:",
            "          its copy, its transfers, stages on resident data, short chunks; only --backend,",
            "          --frames (by default 2^28) and --json apply",
            "auto      30 points, every single backend and auto in turns: takes about a minute",
            "",
            "The output is first compared with the Java reference's: max error is the largest",
            "difference, relative to the peak. Then forwards and copies of the same buffers, by as",
            "many threads, take turns; the figures are medians, in millions of samples per second,",
            "input samples of all channels. memcpy is the faster of the two ways to copy. The buffers",
            "rotate, so that together they do not fit the caches.",
            "",
            "Examples:",
            "  millrace bench cascade --threads 1",
            "  millrace bench cascade --type f64 --sections 4 --narrow --json cascade.json",
            "  millrace bench fir --taps 63,4097 --type f32 --precision fast",
            "  millrace bench cascade --channels 300 --frames 65536 --backend java",
            "  millrace bench memcpy --threads 2",
            "  millrace bench all --html machine.html",
            "  millrace bench calls --type f64",
            "  millrace bench gpu --json h200.json",
            "  millrace bench auto --json auto.json");
    return spec;
  }

  @Override
  public int run(ParseResult parsed) throws IOException {
    String json = parsed.matchedOptionValue("--json", null);
    String html = parsed.matchedOptionValue("--html", null);
    requireFolder("--json", json);
    requireFolder("--html", html);
    String words = String.join(" ", Subcommand.words(parsed));
    if (!words.equals(WholeMachine.NAME) && (html != null || parsed.hasMatchedOption("--quick"))) {
      throw new UsageException("--html and --quick: belong to bench all");
    }
    Map<String, Object> report =
        switch (words) {
          case WholeMachine.NAME ->
              new MachineBench(streams, new Version().getVersion()[0]).run(parsed, html);
          case GpuBenchRun.NAME -> new GpuBenchRun(streams.out()).run(parsed);
          case GridBench.NAME -> new GridBench(streams, parsed).run();
          case StartBench.NAME ->
              Map.of("rows", new StartBench(streams.out(), StartBench.RUNS).run());
          case CallBench.NAME ->
              Map.of("rows", new CallBench(streams.out()).run(new BenchArguments(parsed).cases()));
          default -> Map.of("rows", rows(new BenchArguments(parsed).cases()));
        };
    if (json != null) {
      Files.writeString(Path.of(json), JsonWriter.write(report));
    }
    return report.getOrDefault(MachineBench.WRONG, List.of()).equals(List.of())
        ? ExitCode.DONE
        : ExitCode.FAILURE;
  }

  private List<Object> rows(List<BenchCase> cases) {
    boolean watched = streams.standard() && Terminal.isWatched();
    BenchTable table = new BenchTable(streams.out(), cases.getFirst().workload());
    List<Object> rows = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      if (watched) {
        tell("\r" + (i + 1) + " of " + cases.size() + ": " + cases.get(i).describe() + "\u001b[K");
      }
      List<BenchRow> measured;
      try {
        measured = Bench.run(cases.get(i));
      } finally {
        if (watched) {
          tell("\r\u001b[K");
        }
      }
      measured.forEach(table::print);
      measured.forEach(row -> rows.add(row.fields()));
    }
    return rows;
  }

  private void tell(String text) {
    streams.err().print(text);
    streams.err().flush();
  }

  /** Better now than after minutes of measuring. */
  private static void requireFolder(String option, String file) {
    if (file == null) {
      return;
    }
    Path folder = Path.of(file).toAbsolutePath().getParent();
    if (folder == null || !Files.isWritable(folder)) {
      throw new UsageException(
          option + ": " + file + " cannot be written, its folder is " + folder);
    }
  }
}
