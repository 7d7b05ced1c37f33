package io.github.millrace.io.format;

import io.github.millrace.io.ArrayShape;
import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.WriteOptions;
import io.github.millrace.io.bytes.HeaderBytes;

/** The header of a new .npy file, padded to a fixed length so that it can be corrected. */
final class NpyEnvelope implements Envelope {

  private static final int HEADER_BYTES = 128;
  private static final int PREFIX_BYTES = 10;

  private final String name;
  private final String type;
  private final WriteOptions options;

  NpyEnvelope(String name, String type, WriteOptions options) {
    this.name = name;
    this.type = type;
    this.options = options;
  }

  @Override
  public byte[] header(long frames) throws SignalFileException {
    long count = frames == UNKNOWN ? options.frames() : frames;
    if (count < 0) {
      throw new SignalFileException(
          name, "an .npy stream must start with the number of frames, which is not known here");
    }
    boolean rows = options.shape() == ArrayShape.CHANNELS_FRAMES;
    String order = rows ? "True" : "False";
    String text =
        "{'descr': '"
            + type
            + "', 'fortran_order': "
            + order
            + ", 'shape': ("
            + shape(count)
            + "), }";
    int length = HEADER_BYTES - PREFIX_BYTES;
    return new HeaderBytes()
        .text("\u0093NUMPY")
        .u16(1)
        .u16(length)
        .text(text + " ".repeat(length - 1 - text.length()) + "\n")
        .toBytes();
  }

  private String shape(long frames) {
    int channels = options.channels();
    return switch (options.shape()) {
      case FRAMES -> channels == 1 ? frames + "," : frames + ", " + channels;
      case FRAMES_CHANNELS -> frames + ", " + channels;
      case CHANNELS_FRAMES -> channels + ", " + frames;
    };
  }

  @Override
  public byte[] trailer(long frames) {
    return new byte[0];
  }
}
