package io.github.millrace.io;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/**
 * A file that cannot be read or written; the message is one line that says which, where and why.
 */
public final class SignalFileException extends IOException {

  private static final long serialVersionUID = 1L;

  /** What the header says of a file that is damaged behind it; null if nothing is known. */
  private transient FileFormat found;

  /** An error of the file with this name. */
  public SignalFileException(String name, String problem) {
    super(name + ": " + problem);
  }

  /** An error of the file with this name, with its cause. */
  public SignalFileException(String name, String problem, Throwable cause) {
    super(name + ": " + problem, cause);
  }

  /** This error of an input whose header says this much all the same. */
  public SignalFileException withFound(FileFormat format) {
    found = format;
    return this;
  }

  /** What the header of a damaged input says, as far as it was read. */
  public Optional<FileFormat> found() {
    return Optional.ofNullable(found);
  }

  /** The error that stands for a system failure, in plain words; one of this type is kept as is. */
  public static SignalFileException of(String name, IOException cause) {
    return switch (cause) {
      case SignalFileException same -> same;
      case NoSuchFileException _ when FileNames.isGarbled(name) ->
          new SignalFileException(name, "no such file; " + FileNames.GARBLED, cause);
      case NoSuchFileException _ -> new SignalFileException(name, "no such file", cause);
      case AccessDeniedException _ -> new SignalFileException(name, "permission denied", cause);
      case ClosedByInterruptException _ -> new SignalFileException(name, "interrupted", cause);
      case ClosedChannelException _ -> new SignalFileException(name, "is closed", cause);
      case FileAlreadyExistsException _ -> new SignalFileException(name, "file exists", cause);
      default -> {
        String text = cause.getMessage();
        yield new SignalFileException(
            name, text == null ? cause.getClass().getSimpleName() : text, cause);
      }
    };
  }
}
