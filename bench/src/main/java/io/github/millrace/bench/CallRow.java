package io.github.millrace.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was measured of calls that filter a whole array.
 *
 * @param bench the case, its frames those of the array
 * @param backend the backend that ran it
 * @param forwardSeconds of {@code Plan.forward} from one buffer off the heap to another
 * @param arraySeconds of {@code Plan.forward} from one array to another
 * @param newSeconds of making an array of that length
 * @param filterSeconds of {@code Pipeline.filter}, which makes one
 * @param maxError largest difference from the Java reference, relative to its peak
 */
public record CallRow(
    BenchCase bench,
    String backend,
    double forwardSeconds,
    double arraySeconds,
    double newSeconds,
    double filterSeconds,
    double maxError) {

  /** The time of {@code Pipeline.filter} over that of what it cannot do without. */
  public double overhead() {
    return filterSeconds / (forwardSeconds + newSeconds);
  }

  /** The fields of the report, in order. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("bench", "calls");
    fields.put("backend", backend);
    fields.put("type", bench.type().shortName());
    fields.put("sections", bench.workload().sections());
    fields.put("frames", bench.frames());
    fields.put("threads", bench.options().threadCount());
    fields.put("forwardMicroseconds", 1e6 * forwardSeconds);
    fields.put("arrayMicroseconds", 1e6 * arraySeconds);
    fields.put("newMicroseconds", 1e6 * newSeconds);
    fields.put("filterMicroseconds", 1e6 * filterSeconds);
    fields.put("filterOverForwardAndNew", overhead());
    fields.put("maxError", maxError);
    return fields;
  }
}
