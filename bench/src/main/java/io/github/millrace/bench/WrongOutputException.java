package io.github.millrace.bench;

/** A plan or a copy wrote something else than it must: its speed means nothing. */
public final class WrongOutputException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With a message that states what was expected and what was found. */
  public WrongOutputException(String message) {
    super(message);
  }
}
