package io.github.millrace.host;

/** How urgent a job is: threads take the parts of more urgent ones first. */
public enum Level {
  /** Someone hears it late. */
  CRITICAL,

  /** Someone waits for it. */
  HIGH,

  /** Work of its own pace. */
  NORMAL,

  /** Work ahead of need. */
  LOW,

  /** What may wait until nothing else is there. */
  IDLE
}
