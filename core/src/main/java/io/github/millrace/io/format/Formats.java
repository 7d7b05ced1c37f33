package io.github.millrace.io.format;

import io.github.millrace.io.Container;
import java.util.Optional;

/** The class behind each line of the list of formats. */
public final class Formats {

  private static final Format WAV = WavFormat.wav();
  private static final Format RF64 = WavFormat.rf64();
  private static final Format W64 = new W64Format();
  private static final Format NPY = new NpyFormat();
  private static final Format RAW = new RawFormat();

  private Formats() {}

  /** The format of this name. */
  public static Format of(Container container) {
    return switch (container) {
      case WAV -> WAV;
      case RF64 -> RF64;
      case W64 -> W64;
      case NPY -> NPY;
      case RAW -> RAW;
    };
  }

  /** The format of an input that starts with these characters of ISO 8859-1, if it is known. */
  public static Optional<Container> recognise(String start) {
    for (Container container : Container.values()) {
      if (of(container).recognises(start)) {
        return Optional.of(container);
      }
    }
    return Optional.empty();
  }
}
