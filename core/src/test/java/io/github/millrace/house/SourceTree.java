package io.github.millrace.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files of this checkout that people write. */
final class SourceTree {

  static final Path ROOT =
      Path.of(System.getProperty("millrace.root", "..")).toAbsolutePath().normalize();

  private static final Set<String> BUILT = Set.of("target", ".git", "__pycache__", "golden");
  private static final Set<String> WRITTEN =
      Set.of("java", "xml", "sh", "py", "c", "h", "cl", "cu", "md");

  private static final List<JavaSource> JAVA =
      JavaSource.parse(texts().stream().filter(file -> file.path().endsWith(".java")).toList());

  private SourceTree() {}

  /** Folders of the reactor, by the module that each is. */
  static List<Path> modules() {
    return list(ROOT).filter(folder -> Files.exists(folder.resolve("pom.xml"))).toList();
  }

  /** Every Java source of every module, tests included. */
  static List<JavaSource> java() {
    return JAVA;
  }

  /** Every text that people write: sources, scripts, poms, pages. */
  static List<TextFile> texts() {
    return walk(ROOT).map(SourceTree::read).toList();
  }

  static TextFile read(Path file) {
    try {
      String path = ROOT.relativize(file).toString().replace('\\', '/');
      return new TextFile(path, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Path> walk(Path folder) {
    return list(folder)
        .flatMap(
            path -> {
              String name = path.getFileName().toString();
              if (Files.isDirectory(path)) {
                return BUILT.contains(name) ? Stream.empty() : walk(path);
              }
              return isWritten(name) ? Stream.of(path) : Stream.empty();
            });
  }

  private static boolean isWritten(String name) {
    return name.equals("millrace")
        || name.equals("check")
        || WRITTEN.contains(name.substring(name.lastIndexOf('.') + 1));
  }

  private static Stream<Path> list(Path folder) {
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
