package io.github.millrace.io.bytes;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Builds a little-endian header field by field. */
public final class HeaderBytes {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Appends the low 16 bits. */
  public HeaderBytes u16(int value) {
    return little(value, 2);
  }

  /** Appends the low 32 bits. */
  public HeaderBytes u32(long value) {
    return little(value, 4);
  }

  /** Appends 64 bits. */
  public HeaderBytes i64(long value) {
    return little(value, 8);
  }

  /** Appends characters of ISO 8859-1. */
  public HeaderBytes text(String value) {
    return raw(value.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Appends bytes as they are. */
  public HeaderBytes raw(byte[] value) {
    bytes.writeBytes(value);
    return this;
  }

  /** Appends zeros until the length is a multiple of {@code alignment}. */
  public HeaderBytes pad(int alignment) {
    while (bytes.size() % alignment != 0) {
      bytes.write(0);
    }
    return this;
  }

  /** Length so far. */
  public int size() {
    return bytes.size();
  }

  /** A copy of what was appended. */
  public byte[] toBytes() {
    return bytes.toByteArray();
  }

  private HeaderBytes little(long value, int length) {
    for (int i = 0; i < length; i++) {
      bytes.write((int) (value >>> (8 * i)));
    }
    return this;
  }
}
