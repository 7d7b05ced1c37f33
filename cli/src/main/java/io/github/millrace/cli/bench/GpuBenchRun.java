package io.github.millrace.cli.bench;

import io.github.millrace.bench.gpu.GpuBench;
import io.github.millrace.bench.gpu.GpuRow;
import io.github.millrace.bench.gpu.KernelHash;
import io.github.millrace.cli.options.UsageException;
import io.github.millrace.cli.text.Figures;
import io.github.millrace.plan.Backend;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.Backends;
import io.github.millrace.plan.DeviceInfo;
import io.github.millrace.plan.Planner;
import java.io.PrintStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
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

  /** The report of a run. */
  public Map<String, Object> run(ParseResult parsed) {
    for (String option : List.of("--type", "--sections", "--narrow", "--taps", "--channels", "--precision")) {
      if (parsed.hasMatchedOption(option)) {
        throw new UsageException(option + ": bench gpu has a fixed table, and takes --backend and --frames");
      }
    }
    String asked = parsed.matchedOptionValue("--backend", DEFAULT);
    Backend backend = backend(asked.equals(Planner.AUTO) ? DEFAULT : asked);
    DeviceInfo device = device(backend, asked);
    List<Object> rows = new ArrayList<>();
    GpuBench bench =
        new GpuBench(
            backend,
            device,
            parsed.matchedOptionValue("--frames", FRAMES),
            row -> {
              rows.add(row.fields());
              print(row);
            });
    out.println(backend.name() + " on " + device.name() + ", " + device.driver());
    bench.run();
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("date", LocalDate.now().toString());
    report.put("backend", backend.name());
    report.put("device", device.name());
    report.put("driver", device.driver());
    report.put("kernels", KernelHash.current());
    report.put("rows", rows);
    return report;
  }

  private static Backend backend(String asked) {
    String name = asked.contains(":") ? asked.substring(0, asked.indexOf(':')) : asked;
    return Backends.all().stream()
        .filter(backend -> backend.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new BackendException("no backend '" + name + "' here, expected one of " + names()));
  }

  private static String names() {
    return Backends.all().stream().map(Backend::name).collect(Collectors.joining(", "));
  }

  private static DeviceInfo device(Backend backend, String asked) {
    return new Planner(List.of(backend))
        .devices(asked)
        .findFirst()
        .orElseThrow(() -> new BackendException("backend " + asked + " has no such device"));
  }

  private void print(GpuRow row) {
    StringBuilder line = new StringBuilder();
    line.append(String.format(Locale.ROOT, "%-58s %10s %-10s", row.name(), Figures.rounded(row.value()), row.unit()));
    if (!row.yardstick().isEmpty()) {
      line.append(String.format(Locale.ROOT, "  %.2f of %s", row.fraction(), row.yardstick()));
    }
    if (!Double.isNaN(row.maxError())) {
      line.append(String.format(Locale.ROOT, "  (max error %.1e)", row.maxError()));
    }
    out.println(line);
  }
}
