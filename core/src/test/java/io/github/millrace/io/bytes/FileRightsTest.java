package io.github.millrace.io.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.millrace.io.Encoding;
import io.github.millrace.io.SignalFiles;
import io.github.millrace.io.SignalWriter;
import io.github.millrace.io.WriteOptions;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What replaces a file has its mode, group and owner. */
final class FileRightsTest {

  private static final WriteOptions OVER =
      WriteOptions.of(Encoding.S16, 8_000, 1).withOverwrite(true);

  @TempDir Path folder;

  @BeforeEach
  void posix() throws IOException {
    FileStore store = Files.getFileStore(folder);
    assumeTrue(store.supportsFileAttributeView("posix"), () -> store + " has no modes");
  }

  private static String mode(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }

  private static void replace(Path file) throws IOException {
    try (SignalWriter writer = SignalFiles.create(file.toString(), OVER)) {
      writer.commit();
    }
    assertEquals('R', Files.readAllBytes(file)[0]);
  }

  private Path old(String mode) throws IOException {
    Path file = Files.write(folder.resolve("a.wav"), new byte[] {1});
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-------", "r--r-----", "rw-rw-rw-", "rwxr-x--x", "rw-r--r--"})
  void modeStays(String mode) throws IOException {
    Path file = old(mode);
    replace(file);
    assertEquals(mode, mode(file));
  }

  @Test
  void modeStaysThroughALink() throws IOException {
    Path file = old("rw-------");
    Path link = Files.createSymbolicLink(folder.resolve("link.wav"), file.getFileName());
    replace(link);
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("rw-------", mode(file));
  }

  @Test
  void aLinkToNothingGetsItsFile() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link.wav"), Path.of("new.wav"));
    try (SignalWriter writer = SignalFiles.create(link.toString(), OVER.withOverwrite(false))) {
      writer.commit();
    }
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.isRegularFile(folder.resolve("new.wav")));
  }

  @Test
  void aNewFileHasTheModeOfAnyNewFile() throws IOException {
    Path plain = Files.createFile(folder.resolve("plain"));
    Path file = folder.resolve("new.wav");
    replace(file);
    assertEquals(mode(plain), mode(file));
  }

  @Test
  void nobodyElseReadsItMeanwhile() throws IOException {
    Path file = old("rw-------");
    try (SignalWriter writer = SignalFiles.create(file.toString(), OVER);
        Stream<Path> files = Files.list(folder)) {
      Path temporary = files.filter(f -> f.toString().endsWith(".tmp")).findFirst().orElseThrow();
      assertEquals("rw-------", mode(temporary));
      assertEquals(0, writer.frames());
    }
  }

  @Test
  void ownerAndGroupStayWhereThatIsAllowed() throws IOException {
    Object user = Files.getAttribute(folder, "unix:uid");
    assumeTrue(user.equals(0), () -> "user " + user + " may not give files away, only 0 may");
    Path file = old("rw-r-----");
    Files.setAttribute(file, "unix:uid", 4_321);
    Files.setAttribute(file, "unix:gid", 1_234);
    replace(file);
    assertEquals(4_321, Files.getAttribute(file, "unix:uid"));
    assertEquals(1_234, Files.getAttribute(file, "unix:gid"));
    assertEquals("rw-r-----", mode(file));
  }

  @ParameterizedTest
  @CsvSource({"640, 600", "775, 755", "666, 666", "077, 077", "070, 000", "753, 713"})
  void anotherGroupMayWhatAllMay(String mode, String limited) {
    assertEquals(
        limited, String.format("%03o", FileRights.forAnotherGroup(Integer.parseInt(mode, 8))));
  }
}
