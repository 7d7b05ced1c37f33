package io.github.millrace.io.bytes;

import io.github.millrace.io.SignalFileException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A regular file that grows under a temporary name beside its target until it is complete; one that
 * it replaces leaves it its mode, and its group and owner where that is allowed.
 */
public final class TemporaryOutput implements OutputFile {

  private static final int LONGEST_STEM = 60;

  private final Path target;
  private final Path temporary;
  private final boolean overwrite;
  private final FileRights rights;
  private final FileChannel channel;
  private final long expectedBytes;
  private long written;
  private long waitedNanos;
  private boolean closed;

  /**
   * Starts the temporary file.
   *
   * @param target the name to take at the end; its folder must exist
   * @param overwrite whether an existing target is replaced
   * @param expectedBytes length that the file will have, or 0 if unknown
   * @throws SignalFileException if the target exists and is to stay, its folder cannot be written,
   *     or its disk has less space than expected
   */
  public TemporaryOutput(Path target, boolean overwrite, long expectedBytes) throws IOException {
    this.target = target;
    this.overwrite = overwrite;
    this.expectedBytes = expectedBytes;
    Path folder = target.toAbsolutePath().getParent();
    if (!overwrite && Files.exists(target)) {
      throw exists(null);
    }
    if (!Files.isDirectory(folder)) {
      throw new SignalFileException(target.toString(), "no folder " + folder);
    }
    rights = FileRights.of(target);
    DiskFull.check(folder, target.toString(), expectedBytes);
    this.temporary = folder.resolve(temporaryName(target));
    this.channel = open();
  }

  private FileChannel open() throws IOException {
    try {
      return PendingFiles.create(temporary, () -> rights.create(temporary));
    } catch (IOException e) {
      throw SignalFileException.of(target.toString(), e);
    }
  }

  private static String temporaryName(Path target) {
    String name = target.getFileName().toString();
    String stem = name.substring(0, Math.min(name.length(), LONGEST_STEM));
    String random = Long.toHexString(ThreadLocalRandom.current().nextLong());
    return String.join("", ".", stem, ".millrace-", random, ".tmp");
  }

  @Override
  public String name() {
    return target.toString();
  }

  @Override
  public boolean seekable() {
    return true;
  }

  @Override
  public void append(ByteBuffer bytes) throws IOException {
    long began = System.nanoTime();
    try {
      while (bytes.hasRemaining()) {
        written += channel.write(bytes);
      }
    } catch (IOException e) {
      throw failure(e, bytes.remaining());
    }
    waitedNanos += System.nanoTime() - began;
  }

  @Override
  public long waitedNanos() {
    return waitedNanos;
  }

  @Override
  public void rewrite(byte[] start) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(start);
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes, bytes.position());
      }
    } catch (IOException e) {
      throw failure(e, bytes.remaining());
    }
  }

  private SignalFileException failure(IOException e, long pending) {
    return DiskFull.isCauseOf(e)
        ? DiskFull.error(
            target.toAbsolutePath().getParent(),
            target.toString(),
            Math.max(expectedBytes - written, pending),
            e)
        : SignalFileException.of(target.toString(), e);
  }

  @Override
  public void commit() throws IOException {
    try {
      channel.close();
      PendingFiles.publish(this::takeName);
    } catch (FileAlreadyExistsException e) {
      throw exists(e);
    } catch (IOException e) {
      throw failure(e, 0);
    } finally {
      close();
    }
  }

  private Path takeName() throws IOException {
    rights.give(temporary);
    if (overwrite) {
      return Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    }
    try {
      // A link fails where the name is taken; a rename would replace a file made meanwhile.
      return Files.createLink(target, temporary);
    } catch (FileAlreadyExistsException | NoSuchFileException e) {
      throw e;
    } catch (IOException | UnsupportedOperationException e) {
      return replaceEmpty();
    }
  }

  /** Without hard links: takes the name with an empty file of our own, then replaces that. */
  private Path replaceEmpty() throws IOException {
    Files.createFile(target);
    try {
      return Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.delete(target);
      throw e;
    }
  }

  private SignalFileException exists(IOException cause) {
    return new SignalFileException(
        target.toString(), "exists already and overwriting was not asked for", cause);
  }

  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try {
      channel.close();
    } finally {
      PendingFiles.remove(temporary);
    }
  }
}
