package io.github.millrace.cli.sweep;

import io.github.millrace.bench.sweep.Arithmetic;
import io.github.millrace.bench.sweep.SweepCurve;
import io.github.millrace.bench.sweep.SweepPoint;
import io.github.millrace.cli.options.UsageException;
import io.github.millrace.cli.text.JsonReader;
import io.github.millrace.cli.text.JsonWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A sweep as JSON, from which it can go on. */
public final class SweepFile {

  /** More digits than the clock has. */
  private static final MathContext DIGITS = new MathContext(5);

  private SweepFile() {}

  /**
   * The text of a file.
   *
   * @param date when it was measured, ISO 8601
   * @param complete whether nothing was left out
   */
  public static String text(Origin origin, String date, boolean complete, List<SweepPoint> points) {
    Map<String, Object> fields = new LinkedHashMap<>(origin.fields());
    fields.put("date", date);
    fields.put("complete", complete);
    fields.put("points", points.stream().map(SweepFile::fields).toList());
    return JsonWriter.write(fields);
  }

  private static Map<String, Object> fields(SweepPoint point) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("backend", point.curve().backend());
    fields.put("device", point.curve().device());
    fields.put("arithmetic", point.curve().arithmetic().label());
    fields.put("sections", point.curve().sections());
    fields.put("channels", point.curve().channels());
    fields.put("frames", point.frames());
    fields.put("sequentialSeconds", rounded(point.sequential()));
    fields.put("parallelSeconds", rounded(point.parallel()));
    fields.put("maxError", point.maxError());
    return fields;
  }

  private static List<Double> rounded(List<Double> seconds) {
    return seconds.stream().map(s -> BigDecimal.valueOf(s).round(DIGITS).doubleValue()).toList();
  }

  /**
   * The points of a file that was written by the same version on the same machine.
   *
   * @throws UsageException if it is no such file, or something differs, which the message names
   * @throws IOException if it cannot be read
   */
  public static List<SweepPoint> read(String file, Origin origin) throws IOException {
    try {
      Map<?, ?> fields = (Map<?, ?>) JsonReader.read(Files.readString(Path.of(file)));
      requireSame(fields, origin);
      List<SweepPoint> points = new ArrayList<>();
      for (Object point : (List<?>) fields.get("points")) {
        points.add(point((Map<?, ?>) point));
      }
      return points;
    } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
      throw new UsageException("--resume: " + file + " holds no sweep (" + e.getMessage() + ")");
    }
  }

  private static void requireSame(Map<?, ?> fields, Origin origin) {
    for (Map.Entry<String, Object> mine : origin.fields().entrySet()) {
      Object theirs = fields.get(mine.getKey());
      Object value = mine.getValue();
      boolean same =
          value instanceof Integer number
              ? theirs instanceof Double other && other == (double) number
              : Objects.equals(value, theirs);
      if (!same) {
        throw new UsageException(
            "--resume: its " + mine.getKey() + " is " + theirs + ", here it is " + value);
      }
    }
  }

  private static SweepPoint point(Map<?, ?> fields) {
    SweepCurve curve =
        new SweepCurve(
            (String) fields.get("backend"),
            (String) fields.get("device"),
            Arithmetic.parse((String) fields.get("arithmetic")),
            number(fields, "sections").intValue(),
            number(fields, "channels").intValue());
    return new SweepPoint(
        curve,
        number(fields, "frames").longValue(),
        seconds(fields, "sequentialSeconds"),
        seconds(fields, "parallelSeconds"),
        number(fields, "maxError"));
  }

  private static Double number(Map<?, ?> fields, String name) {
    return (Double) Objects.requireNonNull(fields.get(name), name);
  }

  private static List<Double> seconds(Map<?, ?> fields, String name) {
    return ((List<?>) fields.get(name)).stream().map(Double.class::cast).toList();
  }
}
