package io.github.millrace.cli.sweep;

import io.github.millrace.bench.sweep.Crossover;
import io.github.millrace.bench.sweep.SweepCurve;
import io.github.millrace.bench.sweep.SweepPoint;
import io.github.millrace.cli.text.Figures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The points of a sweep, curve by curve, as text and as CSV. */
public final class SweepTable {

  private static final double MICROS = 1e6;
  private static final double MEGA = 1e-6;

  private final Map<SweepCurve, List<SweepPoint>> curves = new LinkedHashMap<>();

  /** A table of points, those of a curve one after the other. */
  public SweepTable(List<SweepPoint> points) {
    for (SweepPoint point : points) {
      curves.computeIfAbsent(point.curve(), curve -> new ArrayList<>()).add(point);
    }
  }

  /** The points of each curve. */
  public Map<SweepCurve, List<SweepPoint>> curves() {
    return curves;
  }

  /** The crossovers of the curves that have two paths. */
  public Map<SweepCurve, Crossover> crossovers() {
    Map<SweepCurve, Crossover> all = new LinkedHashMap<>();
    curves.forEach(
        (curve, points) -> {
          if (points.stream().allMatch(SweepPoint::hasParallel)) {
            all.put(curve, Crossover.of(points));
          }
        });
    return all;
  }

  /** One line per curve: where its paths cross, and its greatest speed. */
  public List<String> lines() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of("backend", "type", "K", "channels", "parallel from", "95 % interval", "best M/s"));
    Map<SweepCurve, Crossover> crossovers = crossovers();
    curves.forEach(
        (curve, points) -> {
          Crossover crossover = crossovers.get(curve);
          rows.add(
              List.of(
                  curve.backend(),
                  curve.arithmetic().label(),
                  curve.sections() == 0 ? "copy" : Integer.toString(curve.sections()),
                  Integer.toString(curve.channels()),
                  crossover == null ? "one path" : frames(crossover),
                  crossover == null ? "" : interval(crossover),
                  Figures.rounded(best(points) * MEGA)));
        });
    return aligned(rows);
  }

  static double best(List<SweepPoint> points) {
    return points.stream().mapToDouble(SweepPoint::samplesPerSecond).max().orElse(0);
  }

  /** The crossover in words. */
  static String frames(Crossover crossover) {
    return crossover.isOpen() ? "no difference" : frames(crossover.frames());
  }

  /** Its interval in words. */
  static String interval(Crossover crossover) {
    return frames(crossover.low()) + " to " + frames(crossover.high());
  }

  private static String frames(double frames) {
    return frames == Crossover.ALWAYS
        ? "always"
        : frames == Crossover.NEVER ? "never" : Figures.count(Math.round(frames));
  }

  private static List<String> aligned(List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = rows.stream().mapToInt(r -> r.get(column).length()).max().orElse(0);
        line.append(i == 0 ? "" : "  ").append(" ".repeat(width - row.get(i).length()));
        line.append(row.get(i));
      }
      lines.add(line.toString());
    }
    return lines;
  }

  /** All points as CSV, times in microseconds. */
  public String csv() {
    StringBuilder text =
        new StringBuilder(
            "backend,device,type,sections,channels,frames,rounds,sequential_us,parallel_us,"
                + "msamples_per_s,max_error\n");
    curves.values().stream().flatMap(List::stream).forEach(point -> text.append(csv(point)));
    return text.toString();
  }

  private static String csv(SweepPoint point) {
    SweepCurve curve = point.curve();
    return String.format(
        Locale.ROOT,
        "%s,\"%s\",%s,%d,%d,%d,%d,%.4f,%s,%.3f,%.2e%n",
        curve.backend(),
        curve.device().replace("\"", "\"\""),
        curve.arithmetic().label(),
        curve.sections(),
        curve.channels(),
        point.frames(),
        point.sequential().size(),
        point.sequentialSeconds() * MICROS,
        point.hasParallel()
            ? String.format(Locale.ROOT, "%.4f", point.parallelSeconds() * MICROS)
            : "",
        point.samplesPerSecond() * MEGA,
        point.maxError());
  }
}
