package io.github.millrace.cli.bench;

import io.github.millrace.bench.BenchRow;
import io.github.millrace.bench.Rounds;
import io.github.millrace.bench.Workload;
import io.github.millrace.cli.plot.BarPlot;
import io.github.millrace.cli.plot.BarPlot.Bar;
import io.github.millrace.cli.plot.Page;
import io.github.millrace.cli.plot.Svg;
import io.github.millrace.cli.text.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The whole machine on one page. */
public final class MachinePage {

  private static final double MEGA = 1e-6;
  private static final String[] STYLES = {"c0", "c1", "c2", "c3", "c5"};

  private final Page page = new Page("Millrace on this machine");
  private final List<BenchRow> rows;
  private final Map<String, String> styles = new LinkedHashMap<>();

  /**
   * A page of measurements.
   *
   * @param facts what is known of the machine and the run
   * @param rows at least one
   */
  public MachinePage(Map<String, String> facts, List<BenchRow> rows) {
    this.rows = List.copyOf(rows);
    for (BenchRow row : rows) {
      styles.computeIfAbsent(row.backend(), name -> STYLES[styles.size() % STYLES.length]);
    }
    page.facts(facts);
    page.paragraph(
        "Millions of samples read per second, mono, beside a memory copy by as many threads in the"
            + " same buffers, which together do not fit the caches. Every output was compared with"
            + " the Java reference's first. Medians.");
    rows.stream().map(row -> row.bench().workload().name()).distinct().forEach(this::section);
    page.folded("All figures", table());
  }

  private void section(String name) {
    List<BenchRow> own =
        rows.stream().filter(r -> r.bench().workload().name().equals(name)).toList();
    page.heading(
        switch (name) {
          case "cascade" -> "Butterworth low-pass of K sections";
          case "fir" -> "FIR low-pass";
          default -> "Resampling 48 to 44.1 kHz";
        });
    Map<String, List<BenchRow>> panels = new LinkedHashMap<>();
    for (BenchRow row : own) {
      panels.computeIfAbsent(title(row), title -> new ArrayList<>()).add(row);
    }
    List<Svg> pictures = new ArrayList<>();
    panels.forEach((title, panel) -> pictures.add(draw(title, panel)));
    page.panels(pictures);
  }

  private static String title(BenchRow row) {
    Workload workload = row.bench().workload();
    String size =
        workload.sections() > 0
            ? "K = " + workload.sections() + ", "
            : workload.taps() > 0 ? Figures.count(workload.taps()) + " taps, " : "";
    return size + arithmetic(row);
  }

  private static String arithmetic(BenchRow row) {
    String type = row.bench().type().name().toLowerCase(Locale.ROOT);
    return type + " " + row.bench().options().precision().name().toLowerCase(Locale.ROOT);
  }

  private Svg draw(String title, List<BenchRow> panel) {
    double copy =
        Rounds.median(panel.stream().mapToDouble(BenchRow::memcpySamplesPerSecond).toArray());
    List<Bar> bars = new ArrayList<>();
    double most = copy;
    bars.add(new Bar("memcpy", "c4", copy, Figures.rounded(copy * MEGA)));
    for (BenchRow row : panel) {
      double speed = row.samplesPerSecond();
      most = Math.max(most, speed);
      String label =
          Figures.rounded(speed * MEGA) + " (" + Figures.fixed(100 * speed / copy, 0) + " %)";
      bars.add(new Bar(row.backend(), styles.get(row.backend()), speed, label));
    }
    return new BarPlot(title, "million samples per second", most).draw(bars);
  }

  private List<List<String>> table() {
    List<List<String>> cells = new ArrayList<>();
    cells.add(List.of("work", "backend", "device", "M samples/s", "memcpy", "share", "max error"));
    for (BenchRow row : rows) {
      cells.add(
          List.of(
              row.bench().describe(),
              row.backend(),
              row.device(),
              Figures.rounded(row.samplesPerSecond() * MEGA),
              Figures.rounded(row.memcpySamplesPerSecond() * MEGA),
              Figures.fixed(100 * row.fractionOfMemcpy(), 1) + " %",
              String.format(Locale.ROOT, "%.1e", row.maxError())));
    }
    return cells;
  }

  /** The whole page. */
  public String text() {
    return page.text();
  }
}
