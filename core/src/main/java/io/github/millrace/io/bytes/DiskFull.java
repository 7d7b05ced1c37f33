package io.github.millrace.io.bytes;

import io.github.millrace.io.SignalFileException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** Recognises a full disk and says what was needed and what there is. */
final class DiskFull {

  private DiskFull() {}

  /** Whether a failed write failed for want of space, by the words of POSIX or Windows. */
  static boolean isCauseOf(IOException e) {
    String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return text.contains("no space left")
        || text.contains("not enough space")
        || text.contains("quota exceeded");
  }

  /** Throws if the folder's disk surely cannot take this many bytes. */
  static void check(Path folder, String name, long bytes) throws SignalFileException {
    long free = folder.toFile().getUsableSpace();
    if (bytes > free) {
      throw error(folder, name, bytes, null);
    }
  }

  /** The error of a write that did not fit. */
  static SignalFileException error(Path folder, String name, long bytes, IOException cause) {
    String free = megabytes(folder.toFile().getUsableSpace());
    return new SignalFileException(
        name,
        "no space left on device: needs about " + megabytes(bytes) + ", " + free + " free",
        cause);
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
