package io.github.millrace.plan;

import java.util.Optional;

/**
 * Why a plan runs where and how it does.
 *
 * @param reason why on this device, such as {@code as asked}
 * @param options as they were carried out: with the number of threads and the threshold
 * @param backendFrom who chose the backend
 * @param threadsFrom who chose the number of threads
 * @param thresholdFrom who chose the threshold
 * @param prediction the time to expect; empty where it was not measured
 */
public record Decision(
    String reason,
    PlanOptions options,
    Source backendFrom,
    Source threadsFrom,
    Source thresholdFrom,
    Optional<Prediction> prediction) {

  /** Who decides, the first before the next. */
  public enum Source {
    /** Code or command line. */
    CALL("as asked"),
    /** A system property such as {@code millrace.threshold}. */
    PROPERTY("system property"),
    /** An environment variable such as {@code MILLRACE_THRESHOLD}. */
    VARIABLE("environment variable"),
    /** What {@code millrace tune} wrote. */
    PROFILE("measured profile"),
    /** What the program brings. */
    SHIPPED("shipped default"),
    /** The promise about bits, which leaves no choice. */
    BITS("for the promised bits");

    private final String text;

    Source(String text) {
      this.text = text;
    }

    /** A few words for people. */
    public String describe() {
      return text;
    }
  }

  /** The threshold and who chose it, for people; empty where cascades have none here. */
  public String threshold() {
    if (options.threshold().isEmpty()) {
      return "";
    }
    long frames = options.threshold().getAsLong();
    String value = frames == Long.MAX_VALUE ? "never parallel in time" : frames + " frames";
    return value + " (" + thresholdFrom.describe() + ")";
  }
}
