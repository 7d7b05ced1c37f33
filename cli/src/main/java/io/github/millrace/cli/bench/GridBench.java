package io.github.millrace.cli.bench;

import io.github.millrace.bench.BenchCase;
import io.github.millrace.bench.grid.AutoGrid;
import io.github.millrace.bench.grid.GridRow;
import io.github.millrace.choice.Backends;
import io.github.millrace.choice.Environment;
import io.github.millrace.cli.options.Streams;
import io.github.millrace.cli.options.Subcommand;
import io.github.millrace.cli.options.UsageException;
import io.github.millrace.cli.text.CountDisplay;
import io.github.millrace.cli.text.Terminal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code millrace bench auto}.
 *
 * @param streams where to print
 * @param parsed which points
 */
public record GridBench(Streams streams, ParseResult parsed) {

  /** The benchmark's name. */
  public static final String NAME = "auto";

  /** Declares the option. */
  public static void declare(CommandSpec spec) {
    spec.addOption(
        Subcommand.option("--points", "A-B", "auto: only these points of the grid, from 1 on."));
  }

  /** Measures the points; returns the report. */
  public Map<String, Object> run() {
    List<BenchCase> points = points();
    Environment environment = Environment.system(streams::warn);
    AutoGrid grid = new AutoGrid(Backends.all(), environment, AutoGrid.ROUNDS);
    GridTable table = new GridTable(streams.out());
    CountDisplay display =
        new CountDisplay(streams.err(), streams.standard() && Terminal.isWatched());
    List<Object> rows = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      display.show(i, points.size(), points.get(i).workload().name());
      GridRow row;
      try {
        row = grid.measure(points.get(i));
      } finally {
        display.clear();
      }
      table.print(row);
      rows.add(row.fields());
    }
    table.end();
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("rows", rows);
    report.put("summary", table.summary());
    return report;
  }

  private List<BenchCase> points() {
    List<BenchCase> all = AutoGrid.points();
    String range = parsed.matchedOptionValue("--points", "1-" + all.size());
    try {
      String[] ends = range.split("-", 2);
      return all.subList(Integer.parseInt(ends[0]) - 1, Integer.parseInt(ends[1]));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new UsageException("--points: is '" + range + "', expected such as 1-" + all.size());
    }
  }
}
