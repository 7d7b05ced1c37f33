package io.github.millrace.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheSizeTest {

  @TempDir private Path folder;

  @Test
  void theLargestCacheCounts() throws IOException {
    for (String entry : new String[] {"index0=48K", "index1=2M", "index2=1024K"}) {
      Path index = Files.createDirectory(folder.resolve(entry.replaceAll("=.*", "")));
      Files.writeString(index.resolve("size"), entry.replaceAll(".*=", "") + "\n");
    }
    assertEquals(2L << 20, CacheSize.largest(folder));
    assertEquals(64L << 20, CacheSize.largest(folder.resolve("none")));
    Files.writeString(folder.resolve("index0/size"), "");
    assertEquals(64L << 20, CacheSize.largest(folder));
    Files.writeString(folder.resolve("index0/size"), "many");
    assertEquals(64L << 20, CacheSize.largest(folder));
    assertTrue(CacheSize.lastLevel() > 0);
  }
}
