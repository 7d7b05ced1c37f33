package io.github.millrace.cli.words;

/**
 * A word of the command line that cannot be understood; the message says which, why and what is.
 */
public final class WordException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With a message of one line. */
  public WordException(String message) {
    super(message);
  }

  /** With a message of one line and what was found out elsewhere. */
  public WordException(String message, Throwable cause) {
    super(message, cause);
  }
}
