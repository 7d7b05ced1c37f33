package io.github.millrace.cli.options;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * Where a command reads and writes.
 *
 * @param in what {@code -} reads
 * @param out data, and what {@code -} writes
 * @param err talk
 * @param standard whether these are the process's own
 */
public record Streams(InputStream in, PrintStream out, PrintStream err, boolean standard) {

  /** Prints a warning. */
  public void warn(String message) {
    err.println("millrace: warning: " + message);
  }

  /** The input for readers, which do better with the system's own. */
  public InputStream dataIn() {
    return standard ? null : in;
  }

  /** The output for writers, which do better with the system's own. */
  public PrintStream dataOut() {
    return standard ? null : out;
  }
}
