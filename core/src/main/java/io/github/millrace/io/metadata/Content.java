package io.github.millrace.io.metadata;

import io.github.millrace.io.Chunk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A chunk's content, with its little-endian numbers. */
final class Content {

  /** The largest unsigned number of 32 bits. */
  static final long LARGEST = 0xFFFF_FFFFL;

  private final byte[] bytes;
  private final ByteBuffer view;

  Content(Chunk chunk) {
    this(chunk.content());
  }

  Content(byte[] bytes) {
    this.bytes = bytes;
    view = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return bytes.length;
  }

  int u16(int at) {
    return Short.toUnsignedInt(view.getShort(at));
  }

  void putU16(int at, int value) {
    view.putShort(at, (short) value);
  }

  long u32(int at) {
    return view.getInt(at) & LARGEST;
  }

  /** Stores an unsigned number of 32 bits, or the nearest that there is. */
  void putU32(int at, long value) {
    view.putInt(at, (int) Math.clamp(value, 0, LARGEST));
  }

  long i64(int at) {
    return view.getLong(at);
  }

  void putI64(int at, long value) {
    view.putLong(at, value);
  }
}
