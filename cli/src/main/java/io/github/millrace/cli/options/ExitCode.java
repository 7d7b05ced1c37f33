package io.github.millrace.cli.options;

import io.github.millrace.cli.words.WordException;
import java.util.concurrent.CancellationException;

/** What the process returns. */
public final class ExitCode {

  public static final int DONE = 0;
  public static final int USAGE = 1;
  public static final int FAILURE = 2;
  public static final int INTERRUPTED = 130;

  private ExitCode() {}

  /** The code for a failure. */
  public static int of(Throwable failure) {
    return switch (failure) {
      case UsageException _, WordException _, IllegalArgumentException _ -> USAGE;
      case CancellationException _ -> INTERRUPTED;
      default -> FAILURE;
    };
  }

  /** One line that says what went wrong. */
  public static String message(Throwable failure) {
    String text = failure.getMessage();
    if (failure instanceof OutOfMemoryError) {
      return "out of memory" + (text == null ? "" : ": " + text);
    }
    boolean expected = failure instanceof Exception && text != null;
    String line = expected ? text : failure.toString();
    return line.replace('\n', ' ').strip();
  }
}
