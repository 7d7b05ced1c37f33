package io.github.millrace.cli.bench;

import io.github.millrace.bench.grid.GridRow;
import io.github.millrace.cli.text.Figures;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Prints what {@code auto} chose at each point as it comes, and at the end how good that was. */
public final class GridTable {

  private final PrintStream out;
  private final List<GridRow> rows = new ArrayList<>();

  /** A table without rows. */
  public GridTable(PrintStream out) {
    this.out = out;
  }

  /** Prints a row; before the first, the head. */
  public void print(GridRow row) {
    if (rows.isEmpty()) {
      line(
          "chain",
          "type",
          "arith.",
          "channels",
          "frames",
          "best",
          "auto",
          "auto/best",
          "pred./real");
    }
    rows.add(row);
    line(
        row.bench().workload().name(),
        row.bench().type().shortName(),
        row.bench().options().precision().name().toLowerCase(Locale.ROOT),
        Figures.count(row.bench().channels()),
        Figures.count(row.bench().frames()),
        row.best(),
        row.chosen(),
        Figures.fixed(row.ratio(), 2),
        Figures.fixed(row.prediction(), 2));
  }

  private void line(Object... cells) {
    out.println(
        String.format(Locale.ROOT, "%-16s  %4s  %8s  %8s  %9s  %-7s  %-7s  %9s  %9s", cells)
            .stripTrailing());
  }

  /** What all rows come to. */
  public Map<String, Object> summary() {
    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("points", rows.size());
    summary.put("worstAutoOverBest", rows.stream().mapToDouble(GridRow::ratio).max().orElse(1));
    summary.put("predictedWithinTwo", share(rows.stream().map(GridRow::prediction).toList()));
    summary.put(
        "predictedWithinTwoAllBackends",
        share(
            rows.stream()
                .flatMap(row -> row.seconds().keySet().stream().map(row::prediction))
                .toList()));
    return summary;
  }

  private static double share(List<Double> ratios) {
    return ratios.isEmpty()
        ? 1
        : ratios.stream().filter(GridRow::isWithinTwo).count() / (double) ratios.size();
  }

  /** Prints the summary. */
  public void end() {
    Map<String, Object> summary = summary();
    out.println(
        "worst auto/best "
            + Figures.fixed((double) summary.get("worstAutoOverBest"), 2)
            + " (aim: at most 1.15); predicted within 2x at "
            + percent(summary.get("predictedWithinTwo"))
            + " of "
            + rows.size()
            + " points (aim: 80 %), on all backends "
            + percent(summary.get("predictedWithinTwoAllBackends")));
  }

  private static String percent(Object share) {
    return Figures.fixed(100 * (double) share, 0) + " %";
  }
}
