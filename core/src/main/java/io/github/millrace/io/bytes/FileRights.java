package io.github.millrace.io.bytes;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Owner, group and mode of a file that is to be replaced, for the one that takes its place; nothing
 * where the file system has none.
 */
final class FileRights {

  private static final Set<OpenOption> FRESH =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final PosixFileAttributes replaced;

  private FileRights(PosixFileAttributes replaced) {
    this.replaced = replaced;
  }

  /** The rights of a file; none in particular if there is no such file. */
  static FileRights of(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    return new FileRights(view == null || !Files.exists(file) ? null : view.readAttributes());
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
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    boolean sameGroup = keepGroup(view);
    keepOwner(view);
    Set<PosixFilePermission> mode = replaced.permissions();
    view.setPermissions(sameGroup ? mode : forAnotherGroup(mode));
  }

  private boolean keepGroup(PosixFileAttributeView view) {
    try {
      if (!view.readAttributes().group().equals(replaced.group())) {
        view.setGroup(replaced.group());
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private void keepOwner(PosixFileAttributeView view) throws IOException {
    if (!view.readAttributes().owner().equals(replaced.owner())) {
      try {
        view.setOwner(replaced.owner());
      } catch (IOException e) {
        // Only the superuser may give a file away: then it is the caller's.
        return;
      }
    }
  }

  /** A mode without what the group was allowed and others are not. */
  static Set<PosixFilePermission> forAnotherGroup(Set<PosixFilePermission> mode) {
    Set<PosixFilePermission> limited = EnumSet.noneOf(PosixFilePermission.class);
    limited.addAll(mode);
    for (String right : List.of("READ", "WRITE", "EXECUTE")) {
      if (!mode.contains(PosixFilePermission.valueOf("OTHERS_" + right))) {
        limited.remove(PosixFilePermission.valueOf("GROUP_" + right));
      }
    }
    return limited;
  }
}
