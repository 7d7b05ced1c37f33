package io.github.millrace.cli.text;

/** Something to do if the process is told to end before this is closed. */
public final class OnExit implements AutoCloseable {

  private final Thread keeper;

  /** Waits for the end, from now on; it runs in a thread of its own. */
  public OnExit(Runnable task) {
    keeper = new Thread(task, "on-exit");
    Runtime.getRuntime().addShutdownHook(keeper);
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(keeper);
    } catch (IllegalStateException e) {
      // The process ends already, and the task is at work.
    }
  }
}
