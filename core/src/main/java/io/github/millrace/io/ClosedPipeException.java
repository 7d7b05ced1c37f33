package io.github.millrace.io;

import java.io.IOException;

/** Whoever read the standard output has closed it, and wants no more. */
public final class ClosedPipeException extends IOException {

  private static final long serialVersionUID = 1L;

  /** With the failure of the write. */
  public ClosedPipeException(IOException cause) {
    super("standard output was closed by its reader", cause);
  }
}
