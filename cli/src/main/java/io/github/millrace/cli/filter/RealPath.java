package io.github.millrace.cli.filter;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a file is, or would be: all links followed as the system follows them, those that lead to
 * nothing too.
 *
 * @param path absolute, without links
 */
record RealPath(Path path) {

  /** As many as Linux follows. */
  private static final int MOST_LINKS = 40;

  /**
   * Follows a name.
   *
   * @throws FileSystemLoopException if links lead in a circle
   */
  static RealPath of(String file) throws IOException {
    return new RealPath(follow(Path.of(file).toAbsolutePath(), 0));
  }

  private static Path follow(Path path, int links) throws IOException {
    if (links > MOST_LINKS) {
      throw new FileSystemLoopException(path.toString());
    }
    Path at = path.getRoot();
    for (Path name : path) {
      at = at.resolve(name).normalize();
      if (Files.isSymbolicLink(at)) {
        at = follow(at.resolveSibling(Files.readSymbolicLink(at)), links + 1);
      }
    }
    return at;
  }

  /** Whether it is the same file, by whatever name. */
  boolean isSame(RealPath other) throws IOException {
    return path.equals(other.path)
        || (Files.exists(path) && Files.exists(other.path) && Files.isSameFile(path, other.path));
  }
}
