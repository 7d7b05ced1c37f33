package io.github.millrace.io.bytes;

import io.github.millrace.io.SignalFileException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of a header in order, little-endian unless told, and names offset and field when
 * one is bad.
 */
public final class HeaderCursor {

  private final ByteSource source;
  private long position;
  private long fieldOffset;
  private String field = "header";
  private ByteOrder order = ByteOrder.LITTLE_ENDIAN;

  /** A cursor at the start of the source. */
  public HeaderCursor(ByteSource source) {
    this.source = source;
  }

  /** Offset of the next byte. */
  public long position() {
    return position;
  }

  /** Moves to an offset; in a stream, only forward. */
  public void moveTo(long offset) {
    position = offset;
  }

  /** Length of the input in bytes, or -1 for a stream. */
  public long size() {
    return source.size();
  }

  /** The byte order of numbers. */
  public ByteOrder order() {
    return order;
  }

  /** Changes the byte order of the numbers to come. */
  public void setOrder(ByteOrder other) {
    order = other;
  }

  /** Makes what follows the field that errors name. */
  public void begin(String name) {
    field = name;
    fieldOffset = position;
  }

  /** Characters of ISO 8859-1 at any offset ahead, fewer where the input ends; nothing moves. */
  public String peek(long offset, int length) throws IOException {
    byte[] bytes = source.view(offset, length).toArray(ValueLayout.JAVA_BYTE);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Whether at least one byte follows. */
  public boolean hasMore() throws IOException {
    return source.view(position, 1).byteSize() == 1;
  }

  /** An unsigned byte. */
  public int u8(String name) throws IOException {
    return next(name, 1).get(0) & 0xFF;
  }

  /** An unsigned 16-bit number. */
  public int u16(String name) throws IOException {
    return next(name, 2).getShort(0) & 0xFFFF;
  }

  /** An unsigned 32-bit number. */
  public long u32(String name) throws IOException {
    return next(name, 4).getInt(0) & 0xFFFF_FFFFL;
  }

  /** A 64-bit number; those above 2^63 are negative. */
  public long i64(String name) throws IOException {
    return next(name, 8).getLong(0);
  }

  /** Bytes as characters of ISO 8859-1. */
  public String text(String name, int length) throws IOException {
    return new String(bytes(name, length), StandardCharsets.ISO_8859_1);
  }

  /** Bytes; the caller has bounded their number. */
  public byte[] bytes(String name, int length) throws IOException {
    byte[] into = new byte[length];
    int done = 0;
    while (done < length) {
      int part = Math.min(length - done, ByteSource.LARGEST_VIEW);
      next(name, part).get(0, into, done, part);
      done += part;
    }
    return into;
  }

  /** An error of the field read last; what the input put into the text stays one printable line. */
  public SignalFileException error(String problem) {
    String printable = problem.replaceAll("[^ -~]", ".");
    return new SignalFileException(
        source.name(), "offset " + fieldOffset + ", " + field + ": " + printable);
  }

  private ByteBuffer next(String name, int length) throws IOException {
    begin(name);
    MemorySegment bytes = source.view(position, length);
    if (bytes.byteSize() < length) {
      throw error("expected " + length + " bytes, the input ends after " + bytes.byteSize());
    }
    position += length;
    // Not the segment itself: its first access by field type costs 20 ms of a short run.
    return bytes.asByteBuffer().order(order);
  }
}
