package io.github.millrace.io.format;

import io.github.millrace.io.ArrayShape;
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
 * A NumPy array file (NumPy reference, {@code numpy.lib.format}, versions 1.0 to 3.0) of any
 * integer type, f4 or f8.
 *
 * <p>One dimension is a mono signal; what two are, {@link NpyAxes} says. Written is version 1.0,
 * little-endian, frame after frame, which is C order for (frames, channels) and Fortran order for
 * (channels, frames).
 */
public final class NpyFormat implements Format {

  /** What an array may hold, for messages. */
  static final String TYPE_NAMES = "an integer of 1 to 8 bytes, f4 or f8";

  private static final String MAGIC = "\u0093NUMPY";
  private static final Map<String, Encoding> TYPES =
      Map.of(
          "i1", Encoding.S8,
          "i2", Encoding.S16,
          "i4", Encoding.S32,
          "i8", Encoding.S64,
          "u1", Encoding.U8,
          "u2", Encoding.U16,
          "u4", Encoding.U32,
          "u8", Encoding.U64,
          "f4", Encoding.F32,
          "f8", Encoding.F64);
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
    return layout(cursor, header, options);
  }

  private static SampleLayout layout(HeaderCursor cursor, NpyHeader header, ReadOptions options)
      throws IOException {
    Encoding encoding = TYPES.get(header.type());
    if (encoding == null) {
      throw cursor.error("type is '" + header.type() + "', expected " + TYPE_NAMES);
    }
    NpyAxes axes = NpyAxes.of(cursor, header.shape(), options.axis());
    check(cursor, axes, encoding);
    int channels = (int) axes.channels();
    int frameBytes = channels * encoding.bytes();
    boolean rows = axes.shape() == ArrayShape.CHANNELS_FRAMES;
    boolean planar = header.fortranOrder() != rows && channels > 1;
    if (planar && cursor.size() < 0) {
      throw cursor.error(
          (rows ? "channel after channel" : "Fortran order")
              + " cannot be read from a stream: save it to a file first");
    }
    List<String> notes = new ArrayList<>(axes.notes());
    long frames = Claim.frames(cursor, axes.frames() * frameBytes, frameBytes, notes);
    if (planar && frames < axes.frames()) {
      throw cursor.error(
          notes.getLast()
              + (rows ? "; channel after channel" : "; in Fortran order")
              + " nothing of the rest can be read");
    }
    Tail tail = new Rest(cursor, axes.frames() * frameBytes, 1, notes).readInFile();
    FileFormat format =
        new FileFormat(
            Container.NPY,
            encoding,
            options.sampleRate(),
            channels,
            frames,
            0,
            List.of(),
            options.scale(),
            axes.shape(),
            notes);
    return new SampleLayout(format, cursor.position(), header.order(), planar, tail);
  }

  private static void check(HeaderCursor cursor, NpyAxes axes, Encoding encoding)
      throws SignalFileException {
    if (axes.channels() < 1 || axes.channels() > MOST_CHANNELS) {
      throw cursor.error(
          "shape has " + axes.channels() + " channels beside time, expected 1 to 65535");
    }
    if (axes.frames() > Long.MAX_VALUE / 2 / (axes.channels() * encoding.bytes())) {
      throw cursor.error("shape has " + axes.frames() + " frames, more than any file holds");
    }
  }

  @Override
  public Envelope envelope(String name, WriteOptions options) throws SignalFileException {
    for (Map.Entry<String, Encoding> type : TYPES.entrySet()) {
      if (type.getValue() == options.encoding()) {
        String order = options.encoding().bytes() == 1 ? "|" : "<";
        return new NpyEnvelope(name, order + type.getKey(), options);
      }
    }
    throw new SignalFileException(
        name,
        ".npy cannot hold "
            + options.encoding().shortName()
            + ", only integers of 1, 2, 4 and 8 bytes, f32 and f64");
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
