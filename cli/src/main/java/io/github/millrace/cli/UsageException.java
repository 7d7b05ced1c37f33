package io.github.millrace.cli;

/** A command that cannot be understood; the message is one line. */
final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }

  /** The error of a value of an option. */
  static UsageException of(String option, RuntimeException cause) {
    return new UsageException(option + ": " + cause.getMessage());
  }
}
