package io.github.millrace.host;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A folder of the user's cache that nobody else can write to, so that what lies there is ours. Any
 * thread.
 */
public final class PrivateFolder {

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private PrivateFolder() {}

  /**
   * The folder of this name in the user's cache, or, where that cannot be written, a new temporary
   * one that is removed when the JVM ends.
   *
   * @param name of the folder, one word
   * @throws IOException if neither can be made
   */
  public static Path ofUser(String name) throws IOException {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path root =
        cache == null || cache.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(cache);
    Path folder = root.resolve("millrace").resolve(name);
    try {
      Files.createDirectories(folder.getParent());
      if (!Files.exists(folder)) {
        Files.createDirectory(folder, attributes());
      }
      if (isOurs(folder)) {
        return folder;
      }
    } catch (IOException | SecurityException e) {
      // No home, or one that cannot be written: the temporary folder serves.
    }
    return temporary();
  }

  /**
   * A new folder that is removed when the JVM ends.
   *
   * @throws IOException if it cannot be made
   */
  public static Path temporary() throws IOException {
    Path temporary = Files.createTempDirectory("millrace");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(temporary)));
    return temporary;
  }

  private static FileAttribute<?>[] attributes() {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix ? new FileAttribute<?>[] {OWNER_ONLY} : new FileAttribute<?>[0];
  }

  private static boolean isOurs(Path folder) throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
      return Files.isWritable(folder);
    }
    String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
    String owner = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).getName();
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && rights.equals("rwx------")
        && owner.equals(System.getProperty("user.name"));
  }

  private static void remove(Path folder) {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      // The system's own clean-up of temporary files has it.
    }
  }
}
