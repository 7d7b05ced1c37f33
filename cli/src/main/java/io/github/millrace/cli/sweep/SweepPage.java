package io.github.millrace.cli.sweep;

import io.github.millrace.bench.sweep.Arithmetic;
import io.github.millrace.bench.sweep.Crossover;
import io.github.millrace.bench.sweep.SweepCurve;
import io.github.millrace.bench.sweep.SweepPoint;
import io.github.millrace.cli.plot.LinePlot;
import io.github.millrace.cli.plot.LogAxis;
import io.github.millrace.cli.plot.Page;
import io.github.millrace.cli.plot.Series;
import io.github.millrace.cli.plot.Svg;
import io.github.millrace.cli.text.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/** A sweep as a page with pictures. */
final class SweepPage {

  private static final double MICROS = 1e6;

  /** The colours of the two paths, and from there on those of backends and copies. */
  private static final String SEQUENTIAL = "c1";

  private static final String PARALLEL = "c0";

  private final Page page = new Page("Millrace sweep");
  private final Map<SweepCurve, List<SweepPoint>> curves;
  private final Map<SweepCurve, Crossover> crossovers;
  private final LogAxis frames;
  private final LogAxis speed;
  private final Map<String, String> styles = new LinkedHashMap<>();

  SweepPage(Origin origin, String date, boolean complete, SweepTable table) {
    curves = table.curves();
    crossovers = table.crossovers();
    frames = axis(2, points(), SweepPoint::frames);
    speed = axis(10, points(), SweepPoint::samplesPerSecond);
    page.facts(facts(origin, date, complete));
    styles();
    if (!curves.isEmpty()) {
      write();
    }
  }

  private static LogAxis axis(
      int base, List<SweepPoint> points, ToDoubleFunction<SweepPoint> value) {
    double least = points.stream().mapToDouble(value).min().orElse(1);
    double most = points.stream().mapToDouble(value).max().orElse(2);
    return LogAxis.around(base, least, most);
  }

  /** One axis for all times of a backend, whatever the number of channels. */
  private LogAxis seconds(String backend) {
    List<SweepPoint> own =
        points().stream().filter(point -> point.curve().backend().equals(backend)).toList();
    LogAxis faster = axis(10, own, SweepPoint::fasterSeconds);
    LogAxis slower = axis(10, own, SweepPoint::slowerSeconds);
    return new LogAxis(10, faster.first(), slower.last());
  }

  private List<SweepPoint> points() {
    return curves.values().stream().flatMap(List::stream).toList();
  }

  private static Map<String, String> facts(Origin origin, String date, boolean complete) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Measured", date + (complete ? "" : " (not complete)"));
    facts.put("Machine", origin.machine().describe());
    facts.put("Devices", String.join("; ", origin.devices()));
    facts.put("Millrace", origin.version() + ", code " + origin.code());
    return facts;
  }

  /** One colour for each backend and for each copy, in every plot. */
  private void styles() {
    String[] backends = {"c0", "c1", "c2", "c3"};
    int next = 0;
    for (SweepCurve curve : curves.keySet()) {
      String name = name(curve);
      if (curve.isMemcpy()) {
        styles.put(name, "c6");
      } else if (curve.sections() == 0) {
        styles.putIfAbsent(name, styles.size() % 2 == 0 ? "c5" : "c4");
      } else if (!styles.containsKey(name)) {
        styles.put(name, backends[next++ % backends.length]);
      }
    }
  }

  private static String name(SweepCurve curve) {
    return curve.isMemcpy() || curve.sections() > 0
        ? curve.backend()
        : "copy through " + curve.backend();
  }

  private void write() {
    List<Integer> channels =
        curves.keySet().stream().map(SweepCurve::channels).distinct().sorted().toList();
    page.choice("Channels", channels.stream().map(c -> Integer.toString(c)).toList());
    for (int i = 0; i < channels.size(); i++) {
      page.part(i);
      times(channels.get(i));
      speeds(channels.get(i));
      page.endPart();
    }
    page.heading("Crossovers");
    page.paragraph(
        "The threshold with which all lengths together take least time, in the geometric mean, and"
            + " the interval that holds 95 % of what 1,000 resamplings of the rounds give.");
    page.table(crossoverRows());
    page.folded("All points", pointRows());
  }

  private void times(int channels) {
    page.heading("Time of one block");
    page.paragraph(
        "Median time of one forward of a Butterworth low-pass of K sections, by either path; the"
            + " dashed line marks the crossover, its band the 95 % interval.");
    page.legend(
        List.of(
            new Series("frame after frame", SEQUENTIAL, List.of()),
            new Series("parallel in time", PARALLEL, List.of())));
    for (String backend :
        crossovers.keySet().stream().map(SweepCurve::backend).distinct().toList()) {
      page.subheading(backend);
      page.panels(
          wanted(c -> c.backend().equals(backend) && c.channels() == channels).stream()
              .filter(crossovers::containsKey)
              .map(this::timePlot)
              .toList());
    }
  }

  private List<SweepCurve> wanted(Predicate<SweepCurve> which) {
    return curves.keySet().stream().filter(which).toList();
  }

  private Svg timePlot(SweepCurve curve) {
    String title = title(curve.arithmetic(), curve.sections()) + verdict(crossovers.get(curve));
    LogAxis seconds = seconds(curve.backend());
    LinePlot plot = new LinePlot(title, "time of a block", LogAxis::time, frames, seconds);
    List<Series> lines =
        List.of(
            series("frame after frame", SEQUENTIAL, curve, SweepPoint::sequentialSeconds),
            series("parallel in time", PARALLEL, curve, SweepPoint::parallelSeconds));
    return plot.draw(lines, mark(curve));
  }

  private static String title(Arithmetic arithmetic, int sections) {
    return type(arithmetic) + ", K = " + sections;
  }

  /** What a plot without a mark says instead. */
  private static String verdict(Crossover crossover) {
    double at = crossover.frames();
    return crossover.isOpen() || at == Crossover.ALWAYS || at == Crossover.NEVER
        ? "   parallel: " + SweepTable.frames(crossover)
        : "";
  }

  private LinePlot.Mark mark(SweepCurve curve) {
    Crossover crossover = crossovers.get(curve);
    double at = crossover.frames();
    if (!verdict(crossover).isEmpty()) {
      return null;
    }
    double least = Math.pow(2, frames.first());
    double most = Math.pow(2, frames.last());
    double low = Math.max(least, crossover.low());
    double high = Math.min(most, crossover.high());
    return new LinePlot.Mark(at, low, high, "from " + Figures.count(Math.round(at)) + " frames");
  }

  private Series series(
      String name, String style, SweepCurve curve, ToDoubleFunction<SweepPoint> value) {
    return new Series(
        name,
        style,
        curves.get(curve).stream()
            .map(point -> new double[] {point.frames(), value.applyAsDouble(point)})
            .toList());
  }

  private void speeds(int channels) {
    page.heading("Throughput");
    page.paragraph(
        "Samples read per second, all channels together, by the faster path of each backend, beside"
            + " memcpy by all threads and a gain of 1 through the device and back. Up to four pairs"
            + " of buffers rotate, so that short blocks lie in the caches.");
    List<Series> legend = new ArrayList<>();
    styles.forEach((name, style) -> legend.add(new Series(name, style, List.of())));
    page.legend(legend);
    List<Svg> pictures = new ArrayList<>();
    for (Arithmetic arithmetic : Arithmetic.values()) {
      List<SweepCurve> own = wanted(c -> c.arithmetic() == arithmetic && c.channels() == channels);
      own.stream()
          .map(SweepCurve::sections)
          .filter(k -> k > 0)
          .distinct()
          .sorted()
          .forEach(k -> pictures.add(speedPlot(own, k)));
    }
    page.panels(pictures);
  }

  private Svg speedPlot(List<SweepCurve> curvesOfType, int sections) {
    String title = title(curvesOfType.getFirst().arithmetic(), sections);
    LinePlot plot = new LinePlot(title, "samples per second", speed::count, frames, speed);
    List<Series> lines =
        curvesOfType.stream()
            .filter(curve -> curve.sections() == 0 || curve.sections() == sections)
            .map(c -> series(name(c), styles.get(name(c)), c, SweepPoint::samplesPerSecond))
            .toList();
    return plot.draw(lines, null);
  }

  private static String type(Arithmetic arithmetic) {
    return arithmetic.name().toLowerCase(Locale.ROOT);
  }

  private List<List<String>> crossoverRows() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("backend", "arithmetic", "K", "channels", "parallel from", "95 % interval"));
    crossovers.forEach(
        (curve, crossover) ->
            rows.add(
                List.of(
                    curve.backend(),
                    type(curve.arithmetic()),
                    Integer.toString(curve.sections()),
                    Integer.toString(curve.channels()),
                    SweepTable.frames(crossover),
                    SweepTable.interval(crossover))));
    return rows;
  }

  private List<List<String>> pointRows() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(
            "curve",
            "frames",
            "rounds",
            "frame after frame (µs)",
            "parallel (µs)",
            "M samples/s",
            "max error"));
    for (SweepPoint point : points()) {
      rows.add(
          List.of(
              point.curve().describe(),
              Figures.count(point.frames()),
              Integer.toString(point.sequential().size()),
              Figures.rounded(point.sequentialSeconds() * MICROS),
              point.hasParallel() ? Figures.rounded(point.parallelSeconds() * MICROS) : "",
              Figures.rounded(point.samplesPerSecond() / MICROS),
              String.format(Locale.ROOT, "%.1e", point.maxError())));
    }
    return rows;
  }

  String text() {
    return page.text();
  }
}
