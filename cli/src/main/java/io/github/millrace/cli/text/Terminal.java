package io.github.millrace.cli.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether someone watches the standard error stream. */
public final class Terminal {

  private static final Path STDERR = Path.of("/proc/self/fd/2");

  private Terminal() {}

  /** Whether the standard error stream is a terminal. */
  public static boolean isWatched() {
    try {
      if (Files.isSymbolicLink(STDERR)) {
        String target = Files.readSymbolicLink(STDERR).toString();
        return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
      }
    } catch (IOException e) {
      // Then as on systems without /proc.
    }
    return System.console().isTerminal();
  }
}
