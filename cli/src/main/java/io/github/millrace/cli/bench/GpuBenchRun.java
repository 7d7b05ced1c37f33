package io.github.millrace.cli.bench;

import io.github.millrace.bench.Workload;
import io.github.millrace.bench.gpu.GpuBench;
import io.github.millrace.bench.gpu.GpuRow;
import io.github.millrace.bench.gpu.KernelHash;
import io.github.millrace.choice.Backends;
import io.github.millrace.choice.Planner;
import io.github.millrace.cli.options.PlanArguments;
import io.github.millrace.cli.options.UsageException;
import io.github.millrace.cli.text.Figures;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Gain;
import java.io.PrintStream;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ParseResult;

/**
 * {@code millrace bench gpu}: prints the table of one device as it grows.
 *
 * @param out where to
 */
public record GpuBenchRun(PrintStream out) {

  /** The word that asks for it. */
  public static final String NAME = "gpu";

  /** One GiB of float32. */
  private static final long FRAMES = 1L << 28;

  private static final String DEFAULT = "cuda";

  private static final StreamFormat MONO =
      new StreamFormat(Workload.SAMPLE_RATE, 1, SampleType.FLOAT32);

  /** The report of a run. */
  public Map<String, Object> run(ParseResult parsed) {
    for (String option :
        List.of("--type", "--sections", "--narrow", "--taps", "--channels", "--precision")) {
      if (parsed.hasMatchedOption(option)) {
        throw new UsageException(
            option + ": bench gpu has a fixed table, and takes --backend and --frames");
      }
    }
    PlanOptions options = new PlanArguments(parsed).planOptions();
    String asked = options.backend().equals(Planner.AUTO) ? DEFAULT : options.backend();
    Planner planner = new Planner(Backends.all());
    DeviceDescription device =
        planner
            .candidates(Pipeline.of(new Gain(2)), MONO, options.withBackend(asked))
            .getFirst()
            .device();
    List<Object> rows = new ArrayList<>();
    GpuBench bench =
        new GpuBench(
            device,
            parsed.matchedOptionValue("--frames", FRAMES),
            row -> {
              rows.add(row.fields());
              print(row);
            });
    out.println(device.backend() + " on " + device.name() + ", " + device.driver());
    List<String> failures = bench.run();
    failures.forEach(failure -> out.println("FAILED: " + failure));
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("date", LocalDate.now(ZoneId.systemDefault()).toString());
    report.put("backend", device.backend());
    report.put("device", device.name());
    report.put("driver", device.driver());
    report.put("kernels", KernelHash.current());
    report.put("rows", rows);
    report.put(MachineBench.WRONG, failures);
    return report;
  }

  private void print(GpuRow row) {
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT, "%-58s %10s %-10s", row.name(), Figures.rounded(row.value()), row.unit()));
    if (!row.yardstick().isEmpty()) {
      line.append(String.format(Locale.ROOT, "  %.2f of %s", row.fraction(), row.yardstick()));
    }
    if (!Double.isNaN(row.maxError())) {
      line.append(String.format(Locale.ROOT, "  (max error %.1e)", row.maxError()));
    }
    out.println(line);
  }
}
