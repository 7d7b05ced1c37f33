package io.github.millrace.io.format;

import io.github.millrace.io.Encoding;
import io.github.millrace.io.SignalFileException;
import io.github.millrace.io.WriteOptions;
import io.github.millrace.io.bytes.HeaderBytes;
import io.github.millrace.io.bytes.HeaderCursor;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * The content of a {@code fmt} chunk: WAVEFORMAT, WAVEFORMATEX or WAVEFORMATEXTENSIBLE (Microsoft,
 * "Multiple channel audio data and WAVE files").
 *
 * @param encoding how samples are stored; by container size, so that 20 bits in 3 bytes are s24
 * @param sampleRate in Hz, 1 to 2^32 - 1
 * @param channels 1 to 65,535
 * @param channelMask speaker positions, 0 where not given
 */
record WaveFormat(Encoding encoding, long sampleRate, int channels, int channelMask) {

  private static final int PCM = 1;
  private static final int FLOAT = 3;
  private static final int EXTENSIBLE = 0xFFFE;
  private static final int LEAST_SIZE = 16;
  private static final int EXTENSIBLE_SIZE = 40;
  private static final Set<Encoding> HELD =
      EnumSet.of(Encoding.U8, Encoding.S16, Encoding.S24, Encoding.S32, Encoding.F32, Encoding.F64);
  private static final int LARGEST_FRAME = 65_535;
  private static final long LARGEST_RATE = 0xFFFF_FFFFL;

  /** What follows the format tag in the GUID of every standard sub-format. */
  private static final byte[] SUBFORMAT_TAIL =
      HexFormat.of().parseHex("0000000010008000" + "00AA00389B71");

  /** Reads the chunk's content of {@code size} bytes. */
  static WaveFormat parse(HeaderCursor cursor, long size) throws IOException {
    if (size < LEAST_SIZE) {
      throw cursor.error("is " + size + ", expected at least " + LEAST_SIZE);
    }
    int tag = cursor.u16("fmt format tag");
    if (tag != PCM && tag != FLOAT && tag != EXTENSIBLE) {
      throw cursor.error(tagError(tag));
    }
    int channels = cursor.u16("fmt channels");
    if (channels < 1) {
      throw cursor.error("is 0, expected 1 to 65535");
    }
    long rate = cursor.u32("fmt sample rate");
    if (rate < 1) {
      throw cursor.error("is 0 Hz, expected at least 1");
    }
    cursor.u32("fmt byte rate");
    int bytes = sampleBytes(cursor, channels);
    int bits = cursor.u16("fmt bits per sample");
    if (bits < 1 || bits > 8 * bytes) {
      throw cursor.error("is " + bits + ", expected 1 to " + 8 * bytes + " in " + bytes + " bytes");
    }
    if (tag != EXTENSIBLE) {
      return new WaveFormat(encoding(cursor, tag, bytes), rate, channels, 0);
    }
    if (size < EXTENSIBLE_SIZE) {
      throw cursor.error("the fmt chunk has " + size + " bytes, an extensible one has 40");
    }
    cursor.u16("fmt extension size");
    cursor.u16("fmt valid bits");
    int mask = (int) cursor.u32("fmt channel mask");
    return new WaveFormat(encoding(cursor, subformat(cursor), bytes), rate, channels, mask);
  }

  private static int sampleBytes(HeaderCursor cursor, int channels) throws IOException {
    int align = cursor.u16("fmt block align");
    if (align == 0 || align % channels != 0) {
      throw cursor.error(
          "is " + align + " bytes per frame, expected a multiple of " + channels + " channels");
    }
    return align / channels;
  }

  private static int subformat(HeaderCursor cursor) throws IOException {
    int tag = cursor.u16("fmt sub-format");
    if (tag != PCM && tag != FLOAT) {
      throw cursor.error(tagError(tag));
    }
    byte[] tail = cursor.bytes("fmt sub-format GUID", SUBFORMAT_TAIL.length);
    if (!Arrays.equals(tail, SUBFORMAT_TAIL)) {
      throw cursor.error("ends with " + HexFormat.of().formatHex(tail) + ", not a sample format");
    }
    return tag;
  }

  private static Encoding encoding(HeaderCursor cursor, int tag, int bytes)
      throws SignalFileException {
    for (Encoding encoding : HELD) {
      if (encoding.isInteger() == (tag == PCM) && encoding.bytes() == bytes) {
        return encoding;
      }
    }
    throw cursor.error(
        bytes
            + " bytes per sample, expected "
            + (tag == PCM ? "1 to 4 for integers" : "4 or 8 for floating point"));
  }

  private static String tagError(int tag) {
    return String.format(
        "is 0x%04X%s, expected 1 (integer) or 3 (floating point)%s",
        tag, Foreign.codec(tag), Foreign.wayOut());
  }

  /** The format of a new file, if a {@code fmt} chunk can hold it. */
  static WaveFormat of(String name, WriteOptions options) throws SignalFileException {
    double rate = options.sampleRate();
    if (rate == 0) {
      throw new SignalFileException(name, "the sample rate is unknown, and this format needs one");
    }
    if (rate != Math.rint(rate) || rate > LARGEST_RATE) {
      throw new SignalFileException(
          name,
          "sample rate is "
              + rate
              + " Hz, this format holds whole numbers up to "
              + LARGEST_RATE
              + ": resample to one, or write .npy or .raw, which hold none");
    }
    if (!HELD.contains(options.encoding())) {
      throw new SignalFileException(
          name,
          "this format cannot hold "
              + options.encoding().shortName()
              + ", only u8, s16, s24, s32, f32 and f64");
    }
    int frame = options.channels() * options.encoding().bytes();
    if (frame > LARGEST_FRAME) {
      throw new SignalFileException(
          name,
          "one frame of "
              + options.channels()
              + " channels has "
              + frame
              + " bytes, this format holds at most "
              + LARGEST_FRAME);
    }
    boolean fits = Integer.bitCount(options.channelMask()) == options.channels();
    int mask = fits ? options.channelMask() : 0;
    return new WaveFormat(options.encoding(), (long) rate, options.channels(), mask);
  }

  /** Bytes of one frame. */
  int frameBytes() {
    return channels * encoding.bytes();
  }

  /** The chunk's content: plain where that says all, else extensible. */
  byte[] toBytes() {
    int tag = encoding.isInteger() ? PCM : FLOAT;
    int bits = 8 * encoding.bytes();
    boolean extensible = channels > 2 || channelMask != 0 || (tag == PCM && bits > 16);
    HeaderBytes content =
        new HeaderBytes()
            .u16(extensible ? EXTENSIBLE : tag)
            .u16(channels)
            .u32(sampleRate)
            .u32(Math.min(sampleRate * frameBytes(), 0xFFFF_FFFFL))
            .u16(frameBytes())
            .u16(bits);
    if (extensible) {
      content.u16(22).u16(bits).u32(channelMask).u16(tag).raw(SUBFORMAT_TAIL);
    } else if (tag == FLOAT) {
      content.u16(0);
    }
    return content.toBytes();
  }
}
