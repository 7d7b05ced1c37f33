package io.github.millrace.cli.options;

/** A command that cannot be understood; the message is one line. */
public final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }

  /** The error of a value of an option. */
  public static UsageException of(String option, RuntimeException cause) {
    return new UsageException(option + ": " + cause.getMessage());
  }
}
