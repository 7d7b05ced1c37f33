package io.github.millrace.bench.grid;

import io.github.millrace.bench.BenchCase;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured at one point of the grid.
 *
 * @param bench the point
 * @param seconds of one forward on each backend that can run it, by its name
 * @param predicted seconds of one forward on each backend; NaN where nothing is predicted
 * @param chosen the backend that {@code auto} chose
 * @param autoSeconds of one forward of the plan that {@code auto} made
 */
public record GridRow(
    BenchCase bench,
    Map<String, Double> seconds,
    Map<String, Double> predicted,
    String chosen,
    double autoSeconds) {

  /** The fastest backend. */
  public String best() {
    return seconds.entrySet().stream().min(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  /** The time of {@code auto} over that of the fastest backend. */
  public double ratio() {
    return autoSeconds / seconds.get(best());
  }

  /** The predicted over the measured time on a backend; NaN where nothing is predicted. */
  public double prediction(String backend) {
    return predicted.get(backend) / seconds.get(backend);
  }

  /** The predicted time of what {@code auto} chose over its measured time. */
  public double prediction() {
    return predicted.get(chosen) / autoSeconds;
  }

  /** Whether a ratio is at most 2 either way. */
  public static boolean isWithinTwo(double ratio) {
    return ratio >= 0.5 && ratio <= 2;
  }

  /** The fields of the report, in order. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("chain", bench.workload().name());
    fields.put("type", bench.type().shortName());
    fields.put("precision", bench.options().precision().name().toLowerCase(Locale.ROOT));
    fields.put("channels", bench.channels());
    fields.put("frames", bench.frames());
    fields.put("microseconds", micros(seconds));
    fields.put("predictedMicroseconds", micros(predicted));
    fields.put("best", best());
    fields.put("chosen", chosen);
    fields.put("autoMicroseconds", 1e6 * autoSeconds);
    fields.put("autoOverBest", ratio());
    fields.put("predictedOverMeasured", prediction());
    return fields;
  }

  private static Map<String, Object> micros(Map<String, Double> seconds) {
    Map<String, Object> micros = new LinkedHashMap<>();
    seconds.forEach((name, value) -> micros.put(name, 1e6 * value));
    return micros;
  }
}
