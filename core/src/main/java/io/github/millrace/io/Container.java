package io.github.millrace.io;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The list of file formats: the container that holds the samples. */
public enum Container {
  /** RIFF WAVE; becomes RF64 when it grows beyond 4 GiB. */
  WAV("wav wave"),
  /** RIFF WAVE with 64-bit sizes (EBU Tech 3306; BW64 of ITU-R BS.2088 is read too). */
  RF64("rf64"),
  /** Sony Wave64. */
  W64("w64"),
  /** NumPy array of shape (frames,) or (frames, channels). */
  NPY("npy"),
  /** Interleaved little-endian samples without a header. */
  RAW("raw pcm");

  private final String extensions;

  Container(String extensions) {
    this.extensions = extensions;
  }

  /** File name extensions that select this format when writing, without the dot. */
  public List<String> extensions() {
    return List.of(extensions.split(" "));
  }

  /** The name used on the command line and in reports: {@code wav}, {@code rf64}, ... */
  public String shortName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The format with this name, in any case.
   *
   * @throws IllegalArgumentException if there is none; the message lists all
   */
  public static Container parse(String name) {
    for (Container container : values()) {
      if (container.shortName().equals(name.toLowerCase(Locale.ROOT))) {
        return container;
      }
    }
    String known =
        Arrays.stream(values()).map(Container::shortName).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "unknown file format '" + name + "': expected one of " + known);
  }

  /** The format that a file name's extension stands for, if any. */
  public static Optional<Container> ofFileName(String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    for (Container container : values()) {
      if (name.contains(".") && container.extensions().contains(extension)) {
        return Optional.of(container);
      }
    }
    return Optional.empty();
  }
}
