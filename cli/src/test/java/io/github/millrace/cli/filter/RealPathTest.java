package io.github.millrace.cli.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file under many names is one file. */
class RealPathTest {

  @TempDir Path given;
  private Path folder;

  @BeforeEach
  void ofTheSystem() throws IOException {
    folder = given.toRealPath();
  }

  private static Path real(Path path) throws IOException {
    return RealPath.of(path.toString()).path();
  }

  @Test
  void namesWithoutLinks() throws IOException {
    assertEquals(folder.resolve("a"), real(folder.resolve("a")));
    assertEquals(folder.resolve("b"), real(folder.resolve("none/../b")));
    assertEquals(Path.of("/"), real(Path.of("/../..")));
  }

  @Test
  void linksToNothingAreFollowed() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("to.wav"));
    Path second = Files.createSymbolicLink(folder.resolve("second"), link);
    assertEquals(folder.resolve("to.wav"), real(second));
  }

  /** As the system does, not by what the name looks like. */
  @Test
  void theFolderAboveALinkIsThatOfItsTarget() throws IOException {
    Files.createDirectories(folder.resolve("else/where"));
    Path link = Files.createSymbolicLink(folder.resolve("lk"), Path.of("else/where"));
    assertEquals(folder.resolve("else/o.wav"), real(link.resolve("../o.wav")));
  }

  @Test
  void secondNameOfAFile() throws IOException {
    Path first = Files.writeString(folder.resolve("one"), "1");
    Path second = Files.createLink(folder.resolve("two"), first);
    Path other = Files.writeString(folder.resolve("three"), "1");
    assertTrue(RealPath.of(first.toString()).isSame(RealPath.of(second.toString())));
    assertFalse(RealPath.of(first.toString()).isSame(RealPath.of(other.toString())));
  }

  @Test
  void aCircleIsRefused() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("a"), folder.resolve("b"));
    Files.createSymbolicLink(folder.resolve("b"), link);
    assertThrows(FileSystemLoopException.class, () -> real(link));
  }

  /** A shell gives pipes by such names; they are no files, and none of a run's. */
  @Test
  void pipes() throws IOException {
    Pipe pipe = Pipe.open();
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      List<Path> pipes = open.filter(RealPathTest::isPipe).toList();
      assertFalse(pipes.isEmpty());
      RealPath real = RealPath.of(pipes.getFirst().toString());
      assertTrue(Files.isDirectory(real.path().getParent()));
      assertFalse(real.isSame(RealPath.of(folder.resolve("out").toString())));
    } finally {
      pipe.sink().close();
      pipe.source().close();
    }
  }

  private static boolean isPipe(Path entry) {
    try {
      return Files.readSymbolicLink(entry).toString().startsWith("pipe:");
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }
}
