package io.github.millrace.cli.bench;

import io.github.millrace.bench.BenchRow;
import io.github.millrace.bench.Workload;
import io.github.millrace.cli.text.Figures;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Prints rows as they come, in columns that are aligned on the right. */
public final class BenchTable {

  private static final double MILLION = 1e6;

  private final PrintStream out;
  private final List<Column> columns = new ArrayList<>();
  private boolean begun;

  /**
   * A column.
   *
   * @param title at its head
   * @param width of its widest cell, or more
   * @param cell its text
   */
  private record Column(String title, int width, Function<BenchRow, String> cell) {

    String padded(String text) {
      return " ".repeat(Math.max(0, Math.max(width, title.length()) - text.length())) + text;
    }
  }

  /** A table of measurements of one kind of workload. */
  public BenchTable(PrintStream out, Workload workload) {
    this.out = out;
    column("backend", 7, BenchRow::backend);
    column("type", 4, row -> row.bench().type().shortName());
    column(
        "precision", 9, row -> row.bench().options().precision().name().toLowerCase(Locale.ROOT));
    if (workload.sections() > 0) {
      column("sections", 8, row -> Figures.count(row.bench().workload().sections()));
    }
    if (workload.taps() > 0) {
      column("taps", 7, row -> Figures.count(row.bench().workload().taps()));
    }
    column("channels", 8, row -> Figures.count(row.bench().channels()));
    column("frames", 11, row -> Figures.count(row.bench().frames()));
    column("threads", 7, row -> Figures.count(row.bench().options().threadCount()));
    column("M samples/s", 11, row -> Figures.rounded(row.samplesPerSecond() / MILLION));
    column("memcpy", 6, row -> Figures.rounded(row.memcpySamplesPerSecond() / MILLION));
    column("of memcpy", 9, row -> Figures.fixed(100 * row.fractionOfMemcpy(), 1) + " %");
    column("max error", 9, row -> String.format(Locale.ROOT, "%.1e", row.maxError()));
  }

  private void column(String title, int width, Function<BenchRow, String> cell) {
    columns.add(new Column(title, width, cell));
  }

  /** Prints a row; before the first, the head. */
  public void print(BenchRow row) {
    if (!begun) {
      print(Column::title);
      begun = true;
    }
    print(column -> column.cell().apply(row));
  }

  private void print(Function<Column, String> text) {
    out.println(String.join("  ", columns.stream().map(c -> c.padded(text.apply(c))).toList()));
  }
}
