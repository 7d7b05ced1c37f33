package io.github.millrace.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What others can change is not taken, and what nobody uses is removed. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class PrivateFolderTest {

  private final Instant now = Instant.now();

  @TempDir Path temp;
  private Path cache;

  @BeforeEach
  void makeCache() throws IOException {
    cache = Files.createDirectory(temp.toRealPath().resolve("cache"));
  }

  @Test
  void aNewFolderIsTheOwnersAlone() throws IOException {
    Path folder = PrivateFolder.open(cache.resolve("a/b"), "x", now);
    assertEquals(cache.resolve("a/b/x"), folder);
    for (Path made : Set.of(folder, cache.resolve("a/b"), cache.resolve("a"))) {
      assertEquals("rwx------", rights(made), made.toString());
    }
    assertEquals(folder, PrivateFolder.open(cache.resolve("a/b"), "x", now));
  }

  private static String rights(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void rights(Path path, String rights) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(rights));
  }

  @ParameterizedTest
  @CsvSource({
    "rwxr-xr-x, true",
    "rwx------, true",
    "rwxrwxrwx, false",
    "rwxr-xrwx, false",
    "rwx----w-, false"
  })
  void aParentThatOthersCanWriteToIsRefused(String rights, boolean taken) throws IOException {
    Path middle = Files.createDirectory(cache.resolve("middle"));
    Files.createDirectory(middle.resolve("inner"));
    rights(middle, rights);
    if (taken) {
      PrivateFolder.open(middle.resolve("inner"), "x", now);
      return;
    }
    String message = refusal(middle.resolve("inner"));
    assertEquals(middle + " has the rights " + rights + ": others can write to it", message);
    Files.setAttribute(middle, "unix:mode", 01777);
    PrivateFolder.open(middle.resolve("inner"), "x", now);
  }

  private String refusal(Path parent) {
    return assertThrows(IOException.class, () -> PrivateFolder.open(parent, "x", now)).getMessage();
  }

  /** The link is ours, what it leads to is not safe. */
  @Test
  void aLinkIsFollowedBeforeItsParentsAreLookedAt() throws IOException {
    Path open = Files.createDirectory(cache.resolve("open"));
    Files.createDirectory(open.resolve("inner"));
    rights(open, "rwxrwxrwx");
    Path link = Files.createSymbolicLink(cache.resolve("link"), open.resolve("inner"));
    assertTrue(refusal(link).startsWith(open + " has the rights "), refusal(link));
  }

  /** A group of the owner's name is his own, as with a umask of 002. */
  @Test
  void aGroupMayWriteWhereItIsTheOwnersOwn() throws IOException {
    Path shared = Files.createDirectory(cache.resolve("shared"));
    rights(shared, "rwxrwxr-x");
    String group = Files.getAttribute(shared, "posix:group").toString();
    if (group.equals(Files.getOwner(shared).getName())) {
      PrivateFolder.open(shared, "x", now);
    } else {
      assertTrue(refusal(shared).contains("others can write"), refusal(shared));
    }
  }

  @Test
  void whatBelongsToSomeoneElseIsRefused() throws IOException {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can give a folder away");
    Path given = Files.createDirectory(cache.resolve("given"));
    giveAway(given);
    assertEquals(given + " belongs to nobody, expected us or root", refusal(given));
    Path folder = PrivateFolder.open(cache, "x", now);
    giveAway(folder);
    assertEquals(folder + " belongs to nobody with the rights rwx------", refusal(cache));
  }

  private static void giveAway(Path path) throws IOException {
    var users = FileSystems.getDefault().getUserPrincipalLookupService();
    Files.setOwner(path, users.lookupPrincipalByName("nobody"));
  }

  @Test
  void aFolderWithOtherRightsOrALinkInItsPlaceIsRefused() throws IOException {
    Path folder = PrivateFolder.open(cache, "x", now);
    rights(folder, "rwxr-x---");
    assertTrue(refusal(cache).endsWith("with the rights rwxr-x---"), refusal(cache));
    Files.delete(folder);
    Files.createSymbolicLink(folder, Files.createDirectory(temp.resolve("elsewhere")));
    assertEquals(folder + " is no folder", refusal(cache));
  }

  @Test
  void aRelativeCacheIsNone() {
    Path home = Path.of(System.getProperty("user.home"), ".cache");
    assertEquals(home, PrivateFolder.cache(Map.of("XDG_CACHE_HOME", "relative")::get));
    assertEquals(home, PrivateFolder.cache(Map.of("XDG_CACHE_HOME", "")::get));
    assertEquals(home, PrivateFolder.cache(Map.<String, String>of()::get));
    assertEquals(Path.of("/c"), PrivateFolder.cache(Map.of("XDG_CACHE_HOME", "/c")::get));
  }

  @Test
  void whatWasNotUsedForNinetyDaysIsRemoved() throws IOException {
    Path folder = PrivateFolder.open(cache, "x", now);
    Path old = aged(Files.writeString(folder.resolve("old"), "a"), 91);
    Path used = aged(Files.writeString(folder.resolve("used"), "a"), 89);
    Path marked = aged(Files.writeString(folder.resolve("marked"), "a"), 91);
    PrivateFolder.mark(marked);
    Path gone = PrivateFolder.open(cache, "gone", now);
    Files.writeString(gone.resolve("file"), "a");
    aged(gone, 91);
    Path kept = aged(PrivateFolder.open(cache, "kept", now), 89);
    PrivateFolder.open(cache, "x", now);
    assertFalse(Files.exists(old));
    assertFalse(Files.exists(gone));
    assertTrue(Files.exists(used) && Files.exists(marked) && Files.exists(kept));
  }

  private Path aged(Path path, int days) throws IOException {
    return Files.setLastModifiedTime(path, FileTime.from(now.minus(Duration.ofDays(days))));
  }

  /** The one used last stays, and as many before it as fit into 256 MiB. */
  @Test
  void theOldestBeyondTheRoomAreRemoved() throws IOException {
    Path folder = PrivateFolder.open(cache, "x", now);
    for (int days = 1; days <= 4; days++) {
      Path file = folder.resolve("f" + days);
      try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
        sparse.setLength(100L << 20);
      }
      aged(file, days);
    }
    PrivateFolder.open(cache, "x", now);
    try (var files = Files.list(folder)) {
      Set<String> names = files.map(f -> f.getFileName().toString()).collect(Collectors.toSet());
      assertEquals(Set.of("f1", "f2"), names);
    }
  }

  @Test
  void aFileIsWrittenWholeAndLeavesNoParts() throws IOException {
    Path file = cache.resolve("file");
    PrivateFolder.write(file, new byte[] {1, 2});
    PrivateFolder.write(file, new byte[] {3});
    assertArrayEquals(new byte[] {3}, Files.readAllBytes(file));
    Path taken = Files.createDirectories(cache.resolve("taken/full"));
    Files.createFile(taken.resolve("file"));
    assertThrows(IOException.class, () -> PrivateFolder.write(taken, new byte[] {1}));
    try (var files = Files.list(cache.resolve("taken"))) {
      assertEquals(1, files.count());
    }
  }
}
