package io.github.millrace.cli;

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
record RunReport(
    String backend, String device, String reason, PlanOptions options, RunStatistics statistics) {

  static RunReport of(Plan plan, PlanOptions options, RunStatistics statistics) {
    return new RunReport(
        plan.device().backend(), plan.device().name(), plan.reason(), options, statistics);
  }

  /** The fields of the JSON report. */
  Map<String, Object> fields() {
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
    fields.put("samplesPerSecond", statistics.samplesPerSecond());
    fields.put("realtimeFactor", statistics.realtimeFactor());
    fields.put("clipped", statistics.clipped());
    fields.put("peakDb", statistics.peakDb());
    return fields;
  }

  /** One line for people. */
  String summary() {
    StringBuilder line = new StringBuilder();
    line.append(backend).append(" on ").append(device).append(" (").append(reason).append("): ");
    line.append(Figures.count(statistics.framesIn())).append(" frames");
    if (statistics.framesOut() != statistics.framesIn()) {
      line.append(" to ").append(Figures.count(statistics.framesOut()));
    }
    line.append(" in ").append(Figures.rounded(statistics.seconds())).append(" s, ");
    line.append(Figures.rounded(statistics.samplesPerSecond() * 1e-6)).append(" M samples/s");
    if (statistics.input().sampleRate() > 0) {
      line.append(", ").append(Figures.rounded(statistics.realtimeFactor()));
      line.append(" times real time");
    }
    line.append(", peak ").append(Figures.decibels(statistics.peakDb()));
    return line.toString();
  }
}
