package io.github.millrace.bench.gpu;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A figure of a device.
 *
 * @param name what was measured, such as {@code cascade K = 4, float32 fast}
 * @param value the figure
 * @param unit its unit
 * @param fraction of {@code yardstick}; NaN where there is none
 * @param yardstick what the fraction is of; empty where there is none
 * @param maxError largest difference from the Java reference, relative to its peak; NaN where
 *     nothing is computed
 */
public record GpuRow(
    String name, double value, String unit, double fraction, String yardstick, double maxError) {

  /** A figure that stands alone. */
  static GpuRow plain(String name, double value, String unit) {
    return new GpuRow(name, value, unit, Double.NaN, "", Double.NaN);
  }

  /** The fields of the report, in order; those that do not apply are left out. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("name", name);
    fields.put("value", value);
    fields.put("unit", unit);
    if (!yardstick.isEmpty()) {
      fields.put("fraction", fraction);
      fields.put("yardstick", yardstick);
    }
    if (!Double.isNaN(maxError)) {
      fields.put("maxError", maxError);
    }
    return fields;
  }
}
