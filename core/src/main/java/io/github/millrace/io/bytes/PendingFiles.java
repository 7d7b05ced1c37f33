package io.github.millrace.io.bytes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The temporary files of this process, removed when it is told to stop: one is made, and gets the
 * name it is to have, before that or not at all. Any thread.
 */
final class PendingFiles {

  private static final Set<Path> PENDING = ConcurrentHashMap.newKeySet();

  /** Steps of files take the one, beside each other; to stop takes the other. */
  private static final ReadWriteLock STEPS = new ReentrantReadWriteLock();

  private static boolean hooked;
  private static volatile boolean stopping;

  private PendingFiles() {}

  /** Something done to a file at once. */
  interface Step<T> {

    /** Does it. */
    T take() throws IOException;
  }

  /** A class instead of a lambda, which would cost each short run 2 ms. */
  private static final class Removal extends Thread {
    @Override
    public void run() {
      removeAll();
    }
  }

  /**
   * Makes a file, which is pending from then on.
   *
   * @throws IOException if it cannot be made, or the process is stopping already
   */
  static <T> T create(Path file, Step<T> creation) throws IOException {
    hook();
    return step(
        () -> {
          PENDING.add(file);
          try {
            return creation.take();
          } catch (IOException | RuntimeException | Error e) {
            PENDING.remove(file);
            throw e;
          }
        });
  }

  /**
   * Gives what is complete its name.
   *
   * @throws IOException if that fails, or the process is stopping already: then the file is gone
   */
  static void publish(Step<?> naming) throws IOException {
    step(naming);
  }

  private static <T> T step(Step<T> step) throws IOException {
    STEPS.readLock().lock();
    try {
      if (stopping) {
        throw new IOException("the program is being stopped");
      }
      return step.take();
    } finally {
      STEPS.readLock().unlock();
    }
  }

  private static synchronized void hook() {
    if (!hooked && !stopping) {
      try {
        Runtime.getRuntime().addShutdownHook(new Removal());
        hooked = true;
      } catch (IllegalStateException e) {
        stopping = true;
      }
    }
  }

  /** Removes the file and forgets it. */
  static void remove(Path file) {
    PENDING.remove(file);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      System.getLogger(PendingFiles.class.getName())
          .log(System.Logger.Level.WARNING, "cannot remove the temporary file " + file, e);
    }
  }

  private static void removeAll() {
    STEPS.writeLock().lock();
    try {
      stopping = true;
    } finally {
      STEPS.writeLock().unlock();
    }
    for (Path file : PENDING) {
      // Best effort: the process ends, and there is nobody left to tell.
      file.toFile().delete();
    }
  }
}
