package io.github.millrace.cli.bench;

import io.github.millrace.bench.ArrayCalls;
import io.github.millrace.bench.BenchCase;
import io.github.millrace.bench.CallRow;
import io.github.millrace.bench.Rounds;
import io.github.millrace.cli.text.Figures;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code millrace bench calls}.
 *
 * @param out where to print
 */
public record CallBench(PrintStream out) {

  /** The benchmark's name. */
  public static final String NAME = "calls";

  private static final String LINE = "%7s %4s %8s %11s %12s %11s %11s %11s %8s %9s%n";

  /** Measures the cases; returns the rows of the report. */
  public List<Object> run(List<BenchCase> cases) {
    List<Object> rows = new ArrayList<>();
    for (BenchCase each : cases) {
      CallRow row = ArrayCalls.run(each, Rounds.THOROUGH);
      if (rows.isEmpty()) {
        out.printf(
            LINE,
            "backend",
            "type",
            "sections",
            "frames",
            "forward us",
            "arrays us",
            "new us",
            "filter us",
            "overhead",
            "max error");
      }
      print(row);
      rows.add(row.fields());
    }
    return rows;
  }

  private void print(CallRow row) {
    out.printf(
        LINE,
        row.backend(),
        row.bench().type().shortName(),
        Figures.count(row.bench().workload().sections()),
        Figures.count(row.bench().frames()),
        micros(row.forwardSeconds()),
        micros(row.arraySeconds()),
        micros(row.newSeconds()),
        micros(row.filterSeconds()),
        Figures.fixed(row.overhead(), 2),
        String.format(Locale.ROOT, "%.1e", row.maxError()));
  }

  private static String micros(double seconds) {
    return Figures.fixed(1e6 * seconds, 1);
  }
}
