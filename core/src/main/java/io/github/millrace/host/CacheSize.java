package io.github.millrace.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The size of the last-level cache. Any thread. */
public final class CacheSize {

  private static final Path CACHES = Path.of("/sys/devices/system/cpu/cpu0/cache");

  /** Where the system does not say: as much as all but the largest servers have. */
  private static final long UNKNOWN = 64L << 20;

  private static final String UNITS = "KMG";

  private static final long LAST_LEVEL = largest(CACHES);

  private CacheSize() {}

  /** Bytes of the largest cache that the first core sees; 64 MiB where the system does not say. */
  public static long lastLevel() {
    return LAST_LEVEL;
  }

  /** Bytes of the largest cache in a folder like Linux's {@code cpu0/cache}. */
  static long largest(Path folder) {
    long largest = 0;
    try {
      Path size = folder.resolve("index0/size");
      for (int i = 1; Files.exists(size); i++) {
        largest = Math.max(largest, parse(Files.readString(size).strip()));
        size = folder.resolve("index" + i + "/size");
      }
    } catch (IOException | NumberFormatException e) {
      return UNKNOWN;
    }
    return largest == 0 ? UNKNOWN : largest;
  }

  private static long parse(String size) {
    int unit = size.isEmpty() ? 0 : UNITS.indexOf(size.charAt(size.length() - 1)) + 1;
    String digits = unit == 0 ? size : size.substring(0, size.length() - 1);
    return Long.parseLong(digits) << (10 * unit);
  }
}
