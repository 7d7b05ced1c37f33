package io.github.millrace.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The committed pictures are what their script draws from the committed results. */
class PlotTest {

  private static final Path FOLDER = Path.of(System.getProperty("millrace.root"), "bench");

  @TempDir private Path temp;

  @Test
  void everyPictureIsFresh() throws Exception {
    assumeTrue(hasPython(), "no python3 in PATH");
    List<Path> pictures;
    try (Stream<Path> files = Files.list(FOLDER.resolve("results"))) {
      pictures = files.filter(file -> file.toString().endsWith(".svg")).toList();
    }
    assertFalse(pictures.isEmpty());
    for (Path picture : pictures) {
      String name = picture.getFileName().toString().replace(".svg", ".json");
      Path results = Files.copy(picture.resolveSibling(name), temp.resolve(name));
      String script = FOLDER.resolve("plot.py").toString();
      Process process =
          new ProcessBuilder("python3", script, results.toString())
              .redirectErrorStream(true)
              .start();
      String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertEquals(0, process.waitFor(), printed);
      Path drawn = temp.resolve(picture.getFileName().toString());
      assertEquals(Files.readString(picture), Files.readString(drawn), name);
    }
  }

  /** Whether the program starts; where it does not, no folder of PATH may hold it. */
  private static boolean hasPython() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      List<Path> found =
          Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
              .map(name -> Path.of(name, "python3"))
              .filter(Files::isExecutable)
              .toList();
      assertEquals(List.of(), found, e.getMessage());
      return false;
    }
  }
}
