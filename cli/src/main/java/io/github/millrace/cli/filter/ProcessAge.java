package io.github.millrace.cli.filter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * How long ago this process began: on Linux to a hundredth of a second, the shell that became the
 * JVM included.
 */
final class ProcessAge {

  private static final Path STATUS = Path.of("/proc/self/stat");
  private static final Path UPTIME = Path.of("/proc/uptime");

  /** Of the fields behind the command's name, as proc(5) counts them. */
  private static final int START = 22 - 3;

  /** What the kernel counts in, whatever its own clock is. */
  private static final double TICKS_PER_SECOND = 100;

  private ProcessAge() {}

  /**
   * The age at a moment.
   *
   * @param nanoTime of the moment
   */
  static double secondsAt(long nanoTime) {
    return seconds() - 1e-9 * (System.nanoTime() - nanoTime);
  }

  private static double seconds() {
    try {
      String status = Files.readString(STATUS);
      String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ", -1);
      double began = Long.parseLong(fields[START]) / TICKS_PER_SECOND;
      return Double.parseDouble(Files.readString(UPTIME).split(" ", -1)[0]) - began;
    } catch (IOException | RuntimeException e) {
      Instant now = Instant.now();
      Instant began = ProcessHandle.current().info().startInstant().orElse(now);
      return 1e-9 * Duration.between(began, now).toNanos();
    }
  }
}
