package io.github.millrace.plan;

/**
 * A backend is absent, cannot run the chain, or its device failed; the message says which and why.
 */
public class BackendException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** With a message. */
  public BackendException(String message) {
    super(message);
  }

  /** With a message and the failure under it. */
  public BackendException(String message, Throwable cause) {
    super(message, cause);
  }
}
