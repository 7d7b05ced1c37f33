package io.github.millrace.io.format;

import io.github.millrace.signal.SignalBuffer;
import java.util.Objects;

/** The check of a caller's buffer that all readers and writers share. */
final class FrameRange {

  private FrameRange() {}

  static void check(SignalBuffer buffer, int channels, long at, long frames) {
    if (buffer.planes() != channels) {
      throw new IllegalArgumentException(
          "the buffer has " + buffer.planes() + " planes, the file has " + channels + " channels");
    }
    Objects.checkFromIndexSize(at, frames, buffer.frames());
  }
}
