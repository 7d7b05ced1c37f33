package io.github.millrace.cli.options;

import io.github.millrace.cli.words.WordException;
import io.github.millrace.io.ClosedPipeException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.CancellationException;

/** What the process returns. */
public final class ExitCode {

  public static final int DONE = 0;
  public static final int USAGE = 1;
  public static final int FAILURE = 2;
  public static final int INTERRUPTED = 130;

  /** As the shell says of a program that SIGPIPE ended. */
  public static final int PIPE_CLOSED = 141;

  private ExitCode() {}

  /** The code for a failure. */
  public static int of(Throwable failure) {
    return switch (failure) {
      case UsageException _, WordException _, IllegalArgumentException _ -> USAGE;
      case CancellationException _ -> INTERRUPTED;
      case ClosedPipeException _ -> PIPE_CLOSED;
      default -> FAILURE;
    };
  }

  /** One line that says what went wrong. */
  public static String message(Throwable failure) {
    String text = failure.getMessage();
    if (failure instanceof OutOfMemoryError) {
      return "out of memory" + (text == null ? "" : ": " + text);
    }
    if (failure instanceof FileSystemException file && file.getReason() == null) {
      return text + ": " + reason(file);
    }
    boolean expected = failure instanceof Exception && text != null;
    String line = expected ? text : failure.toString();
    return line.replace('\n', ' ').strip();
  }

  /** The JDK's exceptions of these kinds carry the name alone. */
  private static String reason(FileSystemException failure) {
    return switch (failure) {
      case NoSuchFileException _ -> "no such file or folder";
      case FileAlreadyExistsException _ -> "exists already";
      case AccessDeniedException _ -> "permission denied";
      default -> failure.getClass().getSimpleName();
    };
  }
}
