package io.github.millrace.io;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** RIFF files written by hand, and the golden ones of tools/golden/io_cases.py. */
public final class RiffBytes {

  private RiffBytes() {}

  /** The bytes of a file of io_cases.py. */
  public static byte[] golden(String name) throws IOException {
    try (var stream = RiffBytes.class.getResourceAsStream("/golden/cases/" + name)) {
      return stream.readAllBytes();
    }
  }

  /** A file with a right RIFF size. */
  public static byte[] riff(byte[]... chunks) {
    byte[] body = join(chunks);
    return join(text("RIFF"), u32(body.length + 4), text("WAVE"), body);
  }

  /** A chunk with its pad byte. */
  public static byte[] chunk(String id, byte[] content) {
    return join(text(id), u32(content.length), content, new byte[content.length % 2]);
  }

  /** A plain fmt chunk at 48 kHz: integers up to 32 bits, else floating point. */
  public static byte[] fmt(Encoding encoding, int channels) {
    int frame = channels * encoding.bytes();
    byte[] content =
        ByteBuffer.allocate(16)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putShort((short) (encoding.isInteger() ? 1 : 3))
            .putShort((short) channels)
            .putInt(48_000)
            .putInt(48_000 * frame)
            .putShort((short) frame)
            .putShort((short) (8 * encoding.bytes()))
            .array();
    return chunk("fmt ", content);
  }

  /** Little-endian numbers of 32 bits. */
  public static byte[] u32(long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      bytes.putInt((int) value);
    }
    return bytes.array();
  }

  public static byte[] text(String value) {
    return value.getBytes(StandardCharsets.ISO_8859_1);
  }

  public static byte[] join(byte[]... parts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  /** What a reader says of these bytes as a file, then as a stream. */
  static void both(Path folder, byte[] bytes, Consumer<Reading> check) throws IOException {
    Path file = Files.write(folder.resolve("both.wav"), bytes);
    check.accept(Reading.of(file.toString(), ReadOptions.DEFAULT));
    ByteArrayInputStream stdin = new ByteArrayInputStream(bytes);
    check.accept(Reading.of("-", ReadOptions.DEFAULT.withStdin(stdin)));
  }
}
