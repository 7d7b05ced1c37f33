package io.github.millrace.cli.filter;

import io.github.millrace.cli.filter.PreparedChains.Prepared;
import io.github.millrace.cli.response.ChainDelay;
import io.github.millrace.cli.text.Figures;
import io.github.millrace.io.Scale;
import io.github.millrace.plan.Decision;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.run.RunStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What ran where and how fast.
 *
 * @param device where
 * @param decision why there, and how
 * @param kernels what each step was, in order
 * @param delay where the output lies in time
 * @param startSeconds from the start of the process, or from a batch's turn to this file, to the
 *     first read
 * @param statistics what was done
 * @param scale what integers stood for
 * @param nonFinite samples of the input that were not finite
 */
public record RunReport(
    DeviceDescription device,
    Decision decision,
    List<String> kernels,
    ChainDelay delay,
    double startSeconds,
    RunStatistics statistics,
    Scale scale,
    long nonFinite) {

  /** The report of a chain's run. */
  static RunReport of(
      Prepared chain, double startSeconds, RunStatistics statistics, Scale scale, long nonFinite) {
    return new RunReport(
        chain.plan().device(),
        chain.plan().decision(),
        chain.kernels(),
        chain.delay(),
        startSeconds,
        statistics,
        scale,
        nonFinite);
  }

  /** This report of a run that others came before. */
  RunReport after(double seconds) {
    return new RunReport(
        device, decision, kernels, delay, seconds + startSeconds, statistics, scale, nonFinite);
  }

  /** The peak of a run in dB of full scale, or in counts. */
  static String peak(RunStatistics statistics, Scale scale) {
    return scale == Scale.FULL
        ? Figures.decibels(statistics.peakDb())
        : Figures.rounded(statistics.peak());
  }

  /** The fields of the JSON report. */
  public Map<String, Object> fields() {
    PlanOptions options = decision.options();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("backend", backend());
    fields.put("device", device.name());
    fields.put("driver", device.driver());
    fields.put("reason", reason());
    fields.put("backendFrom", decision.backendFrom().describe());
    fields.put("kernels", kernels);
    fields.put("frames", statistics.framesIn());
    fields.put("framesOut", statistics.framesOut());
    fields.put("framesCut", delay.cutFrames());
    fields.put("delayFrames", delay.frames());
    fields.put("delayMilliseconds", delay.milliseconds());
    fields.put("delayAtAllFrequencies", delay.everywhere());
    fields.put("start", options.start().name().toLowerCase(Locale.ROOT));
    fields.put("channels", statistics.input().channels());
    fields.put("sampleRate", statistics.input().sampleRate());
    fields.put("type", statistics.input().type().shortName());
    fields.put("precision", options.precision().name().toLowerCase(Locale.ROOT));
    fields.put("exact", options.bits().word());
    fields.put("threads", options.threadCount());
    fields.put("threadsFrom", decision.threadsFrom().describe());
    if (options.threshold().isPresent()) {
      fields.put("threshold", options.threshold().getAsLong());
      fields.put("thresholdFrom", decision.thresholdFrom().describe());
    }
    decision
        .prediction()
        .ifPresent(time -> fields.put("predictedSeconds", 1e-9 * time.totalNanos()));
    fields.put("seconds", statistics.seconds());
    fields.put("startSeconds", startSeconds);
    fields.put("readSeconds", statistics.times().readSeconds());
    fields.put("convertSeconds", statistics.times().convertSeconds());
    fields.put("transferSeconds", statistics.times().transferSeconds());
    fields.put("filterSeconds", statistics.times().filterSeconds());
    fields.put("writeSeconds", statistics.times().writeSeconds());
    fields.put("boundBy", statistics.times().bound());
    fields.put("bytesToDevice", statistics.traffic().bytesUp());
    fields.put("bytesFromDevice", statistics.traffic().bytesDown());
    fields.put("transfersOverlap", statistics.traffic().overlaps());
    fields.put("samplesPerSecond", statistics.samplesPerSecond());
    fields.put("speed", statistics.speed());
    fields.put("realtimeFactor", statistics.realtimeFactor());
    fields.put("clipped", statistics.clipped());
    fields.put("nonFinite", nonFinite);
    fields.put("undefined", statistics.undefined());
    if (scale == Scale.FULL) {
      fields.put("peakDb", statistics.peakDb());
    } else {
      fields.put("peak", statistics.peak());
    }
    return fields;
  }

  /** Name of the backend. */
  public String backend() {
    return device.backend();
  }

  /** Why this device. */
  public String reason() {
    return decision.reason();
  }

  /** One line for people. */
  public String summary() {
    return backend()
        + " on "
        + device.name()
        + " ("
        + reason()
        + "): "
        + speed()
        + ", peak "
        + peak(statistics, scale);
  }

  /** How much in what time. */
  public String speed() {
    StringBuilder text = new StringBuilder(Figures.count(statistics.framesIn()));
    text.append(" frames");
    if (statistics.framesOut() != statistics.framesIn()) {
      text.append(" to ").append(Figures.count(statistics.framesOut()));
    }
    if (delay.cutFrames() > 0) {
      text.append(", the first ").append(Figures.count(delay.cutFrames())).append(" cut,");
    }
    text.append(" in ").append(Figures.rounded(statistics.seconds())).append(" s, ");
    text.append(Figures.rounded(statistics.samplesPerSecond() * 1e-6)).append(" M samples/s");
    if (statistics.input().sampleRate() > 0) {
      text.append(", ").append(Figures.rounded(statistics.speed()));
      text.append(" times real time");
    }
    return text.toString();
  }
}
