package io.github.millrace.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What was measured of one case.
 *
 * @param bench the case
 * @param backend the backend that ran it, or what copied
 * @param device the name of its device; empty for a copy
 * @param samplesPerSecond samples read per second, all channels together
 * @param memcpySamplesPerSecond samples copied per second by as many threads in the same buffers
 * @param maxError largest difference from the Java reference, relative to its peak
 */
public record BenchRow(
    BenchCase bench,
    String backend,
    String device,
    double samplesPerSecond,
    double memcpySamplesPerSecond,
    double maxError) {

  /** Speed as a fraction of that of the copy. */
  public double fractionOfMemcpy() {
    return samplesPerSecond / memcpySamplesPerSecond;
  }

  /** The fields of the report, in order. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("bench", bench.workload().name());
    fields.put("backend", backend);
    fields.put("device", device);
    fields.put("type", bench.type().shortName());
    fields.put("precision", bench.options().precision().name().toLowerCase(Locale.ROOT));
    fields.put("sections", bench.workload().sections());
    fields.put("taps", bench.workload().taps());
    fields.put("channels", bench.channels());
    fields.put("frames", bench.frames());
    fields.put("threads", bench.options().threadCount());
    fields.put("samplesPerSecond", samplesPerSecond);
    fields.put("memcpySamplesPerSecond", memcpySamplesPerSecond);
    fields.put("fractionOfMemcpy", fractionOfMemcpy());
    fields.put("maxError", maxError);
    return fields;
  }
}
