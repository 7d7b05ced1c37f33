package io.github.millrace.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The size of the last-level cache. Any thread. */
public final class CacheSize {

  private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");

  /** Where the system does not say: as much as all but the largest servers have. */
  private static final long UNKNOWN = 64L << 20;

  private static final long LAST_LEVEL = largest(CACHES);

  private CacheSize() {}

  /** Bytes of the largest cache that the first core sees; 64 MiB where the system does not say. */
  public static long lastLevel() {
    return LAST_LEVEL;
  }

  /** Bytes of the largest cache in a folder like Linux's {@code cpu0/cache}. */
  static long largest(Path folder) {
    long largest = 0;
    try (DirectoryStream<Path> caches = Files.newDirectoryStream(folder, "index*")) {
      for (Path cache : caches) {
        largest = Math.max(largest, parse(Files.readString(cache.resolve("size")).strip()));
      }
    } catch (IOException | NumberFormatException e) {
      return UNKNOWN;
    }
    return largest == 0 ? UNKNOWN : largest;
  }

  private static long parse(String size) {
    String digits = size.replaceAll("[KMG]$", "");
    int shift =
        switch (size.substring(digits.length())) {
          case "K" -> 10;
          case "M" -> 20;
          case "G" -> 30;
          default -> 0;
        };
    return Long.parseLong(digits) << shift;
  }
}
