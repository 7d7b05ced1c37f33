package io.github.millrace.bench;

import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import java.util.Locale;

/**
 * A workload on one kind of stream, in blocks of one length.
 *
 * @param workload what is computed
 * @param type sample type
 * @param channels number of channels, at least 1
 * @param frames frames of every forward, at least 1
 * @param options where and how
 */
public record BenchCase(
    Workload workload, SampleType type, int channels, long frames, PlanOptions options) {

  /** Checks the ranges. */
  public BenchCase {
    Buffers.requireSize(channels, frames);
  }

  /** The stream that is read. */
  public StreamFormat format() {
    return new StreamFormat(Workload.SAMPLE_RATE, channels, type);
  }

  /** Samples of every forward, all channels together. */
  public long samples() {
    return frames * channels;
  }

  /** One short line for people, such as {@code cascade f32 precise, 4 sections}. */
  public String describe() {
    String text =
        workload.name()
            + " "
            + type.shortName()
            + " "
            + options.precision().name().toLowerCase(Locale.ROOT);
    if (workload.sections() > 0) {
      return text + ", sections: " + workload.sections();
    }
    return workload.taps() > 0 ? text + ", taps: " + workload.taps() : text;
  }
}
