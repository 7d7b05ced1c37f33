package io.github.millrace.cli;

/** The millrace command. */
public final class Main {
  private Main() {}

  /** Runs the command. */
  public static void main(String[] args) {}
}
