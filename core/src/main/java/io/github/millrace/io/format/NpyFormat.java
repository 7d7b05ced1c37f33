package io.github.millrace.io.format;

import io.github.millrace.io.Container;
import io.github.millrace.io.Encoding;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.ReadOptions;
import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.WriteOptions;
import io.github.millrace.io.bytes.ByteSource;
import io.github.millrace.io.bytes.HeaderCursor;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A NumPy array file (NumPy reference, {@code numpy.lib.format}, versions 1.0 to 3.0) of type f4,
 * f8, i2 or i4.
 *
 * <p>One dimension is a mono signal; two are (frames, channels), in C or Fortran order. Integers
 * are scaled to [-1, 1) as in WAV. Written is version 1.0, little-endian, C order, with one
 * dimension for mono.
 */
public final class NpyFormat implements Format {

  private static final String MAGIC = "\u0093NUMPY";
  private static final Map<String, Encoding> TYPES =
      Map.of("f4", Encoding.F32, "f8", Encoding.F64, "i2", Encoding.S16, "i4", Encoding.S32);
  private static final int LONGEST_HEADER = 1 << 16;
  private static final int MOST_CHANNELS = 65_535;

  @Override
  public boolean recognises(String start) {
    return start.startsWith(MAGIC);
  }

  @Override
  public SampleLayout parse(ByteSource source, ReadOptions options) throws IOException {
    HeaderCursor cursor = new HeaderCursor(source);
    cursor.text("magic", MAGIC.length());
    int version = cursor.u8("version");
    if (version < 1 || version > 3) {
      throw cursor.error("is " + version + ", expected 1, 2 or 3");
    }
    cursor.u8("minor version");
    long length = version == 1 ? cursor.u16("header length") : cursor.u32("header length");
    if (length > LONGEST_HEADER) {
      throw cursor.error("is " + length + " bytes, expected at most " + LONGEST_HEADER);
    }
    NpyHeader header = NpyHeader.parse(cursor, cursor.text("header", (int) length));
    return layout(cursor, header, options.sampleRate());
  }

  private static SampleLayout layout(HeaderCursor cursor, NpyHeader header, double rate)
      throws IOException {
    Encoding encoding = TYPES.get(header.type());
    if (encoding == null) {
      throw cursor.error("type is '" + header.type() + "', expected f4, f8, i2 or i4");
    }
    if (header.channels() < 1 || header.channels() > MOST_CHANNELS) {
      throw cursor.error(
          "shape has "
              + header.channels()
              + " channels, expected 1 to 65535 in the second"
              + " dimension; a shape is (frames, channels)");
    }
    int channels = (int) header.channels();
    int frameBytes = channels * encoding.bytes();
    if (header.frames() > Long.MAX_VALUE / 2 / frameBytes) {
      throw cursor.error("shape has " + header.frames() + " frames, more than any file holds");
    }
    boolean planar = header.fortranOrder() && channels > 1;
    if (planar && cursor.size() < 0) {
      throw cursor.error("Fortran order cannot be read from a stream: save it to a file first");
    }
    List<String> notes = new ArrayList<>();
    long frames = Claim.frames(cursor, header.frames() * frameBytes, frameBytes, notes);
    if (planar && frames < header.frames()) {
      throw cursor.error(notes.getFirst() + "; in Fortran order nothing of the rest can be read");
    }
    Tail tail = new Rest(cursor, header.frames() * frameBytes, 1, notes).readInFile();
    FileFormat format =
        new FileFormat(Container.NPY, encoding, rate, channels, frames, 0, List.of(), notes);
    return new SampleLayout(format, cursor.position(), header.order(), planar, tail);
  }

  @Override
  public Envelope envelope(String name, WriteOptions options) throws SignalFileException {
    for (Map.Entry<String, Encoding> type : TYPES.entrySet()) {
      if (type.getValue() == options.encoding()) {
        return new NpyEnvelope(name, "<" + type.getKey(), options);
      }
    }
    throw new SignalFileException(
        name, ".npy cannot hold " + options.encoding().shortName() + ", only s16, s32, f32, f64");
  }

  /** The byte order that a type's first character stands for. */
  static ByteOrder order(char mark) {
    return switch (mark) {
      case '>' -> ByteOrder.BIG_ENDIAN;
      case '<' -> ByteOrder.LITTLE_ENDIAN;
      default -> ByteOrder.nativeOrder();
    };
  }
}
