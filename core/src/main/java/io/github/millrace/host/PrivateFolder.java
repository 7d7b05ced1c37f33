package io.github.millrace.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A folder of the user's cache that nobody else can write to, so that what lies there is ours: not
 * in it, and not by way of a folder above it. What was not used for 90 days is removed, a file or a
 * whole folder, and of what is left in a folder, the oldest beyond 256 MiB. Any thread.
 */
public final class PrivateFolder {

  private static final Duration LONGEST_UNUSED = Duration.ofDays(90);
  private static final long MOST_BYTES = 256L << 20;

  /** What was used within this time is not marked again. */
  private static final Duration MARK = Duration.ofDays(1);

  private static final int STICKY = 01000;
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final Map<String, Path> OPEN = new HashMap<>();

  private PrivateFolder() {}

  /**
   * The folder of this name in the user's cache ({@code XDG_CACHE_HOME}, or {@code .cache} at
   * home), or, where that cannot be written or others could, a temporary one that is removed when
   * the JVM ends; the same one at every call.
   *
   * @param name of the folder, one word
   * @throws IOException if neither can be made
   */
  public static synchronized Path ofUser(String name) throws IOException {
    Path folder = OPEN.get(name);
    if (folder == null) {
      folder = safeOrTemporary(name);
      OPEN.put(name, folder);
    }
    return folder;
  }

  private static Path safeOrTemporary(String name) throws IOException {
    try {
      return open(cache(System::getenv).resolve("millrace"), name, Instant.now());
    } catch (IOException | SecurityException e) {
      return temporary();
    }
  }

  /** The user's cache; a relative path is no value, says the XDG specification. */
  static Path cache(UnaryOperator<String> variable) {
    String cache = variable.apply("XDG_CACHE_HOME");
    return cache != null && Path.of(cache).isAbsolute()
        ? Path.of(cache)
        : Path.of(System.getProperty("user.home"), ".cache");
  }

  /**
   * A folder that is safe, made if it is not there, and rid of what is old.
   *
   * @throws IOException if it cannot be made, or others could change what lies in it; the message
   *     says where
   */
  static Path open(Path parent, String name, Instant now) throws IOException {
    Files.createDirectories(parent, attributes());
    Path real = parent.toRealPath();
    for (Path above = real; POSIX && above != null; above = above.getParent()) {
      requireSafe(above);
    }
    Path folder = real.resolve(name);
    try {
      Files.createDirectory(folder, attributes());
    } catch (FileAlreadyExistsException e) {
      requireOurs(folder);
    }
    Files.setLastModifiedTime(folder, FileTime.from(now));
    prune(folder, now);
    return folder;
  }

  /** That only we or the system can put something else in its place, or in that of its contents. */
  private static void requireSafe(Path folder) throws IOException {
    PosixFileAttributes found = Files.readAttributes(folder, PosixFileAttributes.class);
    UserPrincipal owner = found.owner();
    if (!owner.equals(us()) && !owner.equals(Files.getOwner(Path.of("/")))) {
      throw new IOException(folder + " belongs to " + owner.getName() + ", expected us or root");
    }
    boolean own = found.group().getName().equals(owner.getName());
    boolean writable =
        found.permissions().contains(PosixFilePermission.OTHERS_WRITE)
            || (found.permissions().contains(PosixFilePermission.GROUP_WRITE) && !own);
    if (writable && ((int) Files.getAttribute(folder, "unix:mode") & STICKY) == 0) {
      String rights = PosixFilePermissions.toString(found.permissions());
      throw new IOException(folder + " has the rights " + rights + ": others can write to it");
    }
  }

  private static UserPrincipal us() throws IOException {
    Path self = Path.of("/proc/self");
    return Files.exists(self)
        ? Files.getOwner(self)
        : FileSystems.getDefault()
            .getUserPrincipalLookupService()
            .lookupPrincipalByName(System.getProperty("user.name"));
  }

  private static void requireOurs(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(folder + " is no folder");
    }
    if (POSIX) {
      String rights = PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
      UserPrincipal owner = Files.getOwner(folder);
      if (!owner.equals(us()) || !rights.equals("rwx------")) {
        throw new IOException(
            folder + " belongs to " + owner.getName() + " with the rights " + rights);
      }
    }
  }

  private static FileAttribute<?>[] attributes() {
    return POSIX ? new FileAttribute<?>[] {OWNER_ONLY} : new FileAttribute<?>[0];
  }

  private static void prune(Path folder, Instant now) throws IOException {
    FileTime oldest = FileTime.from(now.minus(LONGEST_UNUSED));
    for (Entry other : list(folder.getParent())) {
      if (other.folder && other.used.compareTo(oldest) < 0) {
        remove(other.path);
      }
    }
    long bytes = 0;
    for (Entry file : list(folder)) {
      bytes += file.bytes;
      if (!file.folder && (bytes > MOST_BYTES || file.used.compareTo(oldest) < 0)) {
        Files.deleteIfExists(file.path);
      }
    }
  }

  /** What lies in a folder. */
  private record Entry(Path path, boolean folder, FileTime used, long bytes) {}

  /** What lies in a folder, what was used last first. */
  private static List<Entry> list(Path folder) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
      for (Path path : all) {
        try {
          BasicFileAttributes found =
              Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
          boolean inner = found.isDirectory();
          entries.add(new Entry(path, inner, found.lastModifiedTime(), inner ? 0 : found.size()));
        } catch (NoSuchFileException e) {
          // Another process has removed it.
        }
      }
    }
    entries.sort(Comparator.comparing(Entry::used).reversed());
    return entries;
  }

  /** Notes that a file was used, for it to be kept. */
  public static void mark(Path file) {
    Instant now = Instant.now();
    try {
      if (Files.getLastModifiedTime(file).toInstant().isBefore(now.minus(MARK))) {
        Files.setLastModifiedTime(file, FileTime.from(now));
      }
    } catch (IOException e) {
      // It is removed some day and made again.
    }
  }

  /**
   * A file of this content: found, or written, in the user's folder, or where that is full in a
   * temporary one.
   *
   * @param folder its name, as {@link #ofUser} takes it
   * @throws IOException if it cannot be written anywhere
   */
  public static Path file(String folder, String name, byte[] content) throws IOException {
    try {
      Path file = ofUser(folder).resolve(name);
      if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
        write(file, content);
      }
      mark(file);
      return file;
    } catch (IOException e) {
      Path file = temporary().resolve(name);
      write(file, content);
      return file;
    }
  }

  /**
   * Writes a file in one step: who reads it sees all of it, or what was there before.
   *
   * @throws IOException if it cannot be written; nothing is left behind then
   */
  public static void write(Path file, byte[] content) throws IOException {
    Path part = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".part");
    try {
      Files.write(part, content);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(part);
    }
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

  private static void remove(Path folder) {
    try {
      for (Entry file : list(folder)) {
        Files.delete(file.path);
      }
      Files.delete(folder);
    } catch (IOException e) {
      // The system's own clean-up, or the next process, has it.
    }
  }
}
