package io.github.millrace.io.bytes;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Owner, group and mode of a file that is to be replaced, for the one that takes its place; nothing
 * where the file system has none.
 *
 * <p>By their numbers: to learn the names, the system would read its lists of users and groups four
 * times a file.
 */
final class FileRights {

  private static final Set<OpenOption> FRESH =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private static final int MODE = 0777;
  private static final int GROUP = 0070;
  private static final int GROUP_OVER_OTHERS = 3;

  private record Rights(int mode, int uid, int gid) {

    static Rights of(Path file) throws IOException {
      Map<String, Object> found = Files.readAttributes(file, "unix:mode,uid,gid");
      return new Rights(
          (int) found.get("mode") & MODE, (int) found.get("uid"), (int) found.get("gid"));
    }
  }

  private final Rights replaced;

  private FileRights(Rights replaced) {
    this.replaced = replaced;
  }

  /** The rights of a file; none in particular if there is no such file. */
  static FileRights of(Path file) throws IOException {
    boolean known = file.getFileSystem().supportedFileAttributeViews().contains("unix");
    return new FileRights(known && Files.exists(file) ? Rights.of(file) : null);
  }

  /**
   * Opens a new file; one that will replace another only the owner can read until it has that one's
   * rights.
   */
  FileChannel create(Path file) throws IOException {
    if (replaced == null) {
      return FileChannel.open(file, FRESH);
    }
    FileAttribute<?> mode =
        PosixFilePermissions.asFileAttribute(
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    return FileChannel.open(file, FRESH, mode);
  }

  /**
   * Gives a file these rights: owner and group where that is allowed, the mode always. What a group
   * that could not be kept was allowed, another is only as far as all are.
   */
  void give(Path file) throws IOException {
    if (replaced == null) {
      return;
    }
    Rights now = Rights.of(file);
    boolean sameGroup = now.gid == replaced.gid || isSet(file, "unix:gid", replaced.gid);
    if (now.uid != replaced.uid) {
      // Only the superuser may give a file away: else it is the caller's.
      isSet(file, "unix:uid", replaced.uid);
    }
    Files.setAttribute(
        file, "unix:mode", sameGroup ? replaced.mode : forAnotherGroup(replaced.mode));
  }

  private static boolean isSet(Path file, String attribute, int value) {
    try {
      Files.setAttribute(file, attribute, value);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** A mode without what the group was allowed and others are not. */
  static int forAnotherGroup(int mode) {
    int both = mode & (mode << GROUP_OVER_OTHERS) & GROUP;
    return (mode & ~GROUP) | both;
  }
}
