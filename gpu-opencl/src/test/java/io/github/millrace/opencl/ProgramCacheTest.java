package io.github.millrace.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read from the cache is what was written, or nothing. */
class ProgramCacheTest {

  private static final byte[] CONTENT = {1, 2, 3, 4, 5};

  @TempDir Path folder;

  @Test
  void keepsWhatIsWritten() {
    ProgramCache cache = new ProgramCache(folder);
    assertEquals(0, cache.read("a").length);
    cache.write("a", CONTENT);
    assertArrayEquals(CONTENT, cache.read("a"));
    assertEquals(0, cache.read("b").length);
  }

  @Test
  void aDamagedFileIsAsGoodAsNone() throws IOException {
    ProgramCache cache = new ProgramCache(folder);
    cache.write("a", CONTENT);
    byte[] file = Files.readAllBytes(folder.resolve("a"));
    for (int length = 0; length < file.length; length++) {
      Files.write(folder.resolve("a"), Arrays.copyOf(file, length));
      assertEquals(0, cache.read("a").length, "cut at " + length);
    }
    for (int at = 0; at < file.length; at++) {
      byte[] damaged = file.clone();
      damaged[at] ^= 64;
      Files.write(folder.resolve("a"), damaged);
      assertEquals(0, cache.read("a").length, "damaged at " + at);
    }
  }

  @Test
  void writersAtOnceLeaveOneWholeFile() {
    ProgramCache cache = new ProgramCache(folder);
    byte[] large = new byte[100_000];
    IntStream.range(0, 64).parallel().forEach(i -> cache.write("a", large));
    assertArrayEquals(large, cache.read("a"));
    assertEquals(1, folder.toFile().list().length);
  }

  @Test
  void withoutAFolderNothingIsKept() {
    ProgramCache cache = new ProgramCache(null);
    cache.write("a", CONTENT);
    assertEquals(0, cache.read("a").length);
  }

  @Test
  void everyPartIsInTheKey() {
    assertEquals(ProgramCache.key("a", "b"), ProgramCache.key("a", "b"));
    assertNotEquals(ProgramCache.key("a", "b"), ProgramCache.key("ab", ""));
    assertNotEquals(ProgramCache.key("a", "b"), ProgramCache.key("a", "c"));
  }
}
