package io.github.millrace.io.bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** The temporary files of this process, removed when it is told to stop; any thread. */
final class PendingFiles {

  private static final Set<Path> PENDING = new HashSet<>();
  private static boolean hooked;
  private static boolean stopping;

  private PendingFiles() {}

  /** A class instead of a lambda, which would cost each short run 2 ms. */
  private static final class Removal extends Thread {
    @Override
    public void run() {
      removeAll();
    }
  }

  /**
   * Takes note of a file about to be made.
   *
   * @throws IOException if the process is stopping already
   */
  static synchronized void add(Path file) throws IOException {
    if (!hooked && !stopping) {
      try {
        Runtime.getRuntime().addShutdownHook(new Removal());
        hooked = true;
      } catch (IllegalStateException e) {
        stopping = true;
      }
    }
    if (stopping) {
      throw new IOException("the program is being stopped");
    }
    PENDING.add(file);
  }

  /** Removes the file and forgets it. */
  static void remove(Path file) {
    forget(file);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      System.getLogger(PendingFiles.class.getName())
          .log(System.Logger.Level.WARNING, "cannot remove the temporary file " + file, e);
    }
  }

  private static synchronized void forget(Path file) {
    PENDING.remove(file);
  }

  private static synchronized void removeAll() {
    stopping = true;
    for (Path file : PENDING) {
      // Best effort: the process ends, and there is nobody left to tell.
      file.toFile().delete();
    }
  }
}
