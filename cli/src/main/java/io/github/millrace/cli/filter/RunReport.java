package io.github.millrace.cli.filter;

import io.github.millrace.cli.text.Figures;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.run.RunStatistics;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What ran where and how fast.
 *
 * @param backend name of the backend
 * @param device name of the device
 * @param reason why this device
 * @param options what was asked for
 * @param statistics what was done
 */
public record RunReport(
    String backend, String device, String reason, PlanOptions options, RunStatistics statistics) {

  public static RunReport of(Plan plan, PlanOptions options, RunStatistics statistics) {
    return new RunReport(
        plan.device().backend(), plan.device().name(), plan.reason(), options, statistics);
  }

  /** The fields of the JSON report. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("backend", backend);
    fields.put("device", device);
    fields.put("reason", reason);
    fields.put("frames", statistics.framesIn());
    fields.put("channels", statistics.input().channels());
    fields.put("sampleRate", statistics.input().sampleRate());
    fields.put("type", statistics.input().type().shortName());
    fields.put("precision", options.precision().name().toLowerCase(Locale.ROOT));
    fields.put("threads", options.threadCount());
    fields.put("seconds", statistics.seconds());
    fields.put("filterSeconds", statistics.filterSeconds());
    fields.put("samplesPerSecond", statistics.samplesPerSecond());
    fields.put("realtimeFactor", statistics.realtimeFactor());
    fields.put("clipped", statistics.clipped());
    fields.put("peakDb", statistics.peakDb());
    return fields;
  }

  /** One line for people. */
  public String summary() {
    return backend
        + " on "
        + device
        + " ("
        + reason
        + "): "
        + speed()
        + ", peak "
        + Figures.decibels(statistics.peakDb());
  }

  /** How much in what time. */
  public String speed() {
    StringBuilder text = new StringBuilder(Figures.count(statistics.framesIn()));
    text.append(" frames");
    if (statistics.framesOut() != statistics.framesIn()) {
      text.append(" to ").append(Figures.count(statistics.framesOut()));
    }
    text.append(" in ").append(Figures.rounded(statistics.seconds())).append(" s, ");
    text.append(Figures.rounded(statistics.samplesPerSecond() * 1e-6)).append(" M samples/s");
    if (statistics.input().sampleRate() > 0) {
      text.append(", ").append(Figures.rounded(statistics.realtimeFactor()));
      text.append(" times real time");
    }
    return text.toString();
  }
}
