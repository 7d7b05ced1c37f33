package io.github.millrace.io;

import io.github.millrace.signal.SampleType;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How one sample is stored in a file.
 *
 * <p>Integers are read as {@code value / 2^(bits - 1)}, so that full scale is [-1, 1); u8 is offset
 * by 128 first.
 */
public enum Encoding {
  /** Unsigned 8-bit integer, silence at 128. */
  U8(1, true),
  /** Signed 16-bit integer. */
  S16(2, true),
  /** Signed 24-bit integer in three bytes. */
  S24(3, true),
  /** Signed 32-bit integer. */
  S32(4, true),
  /** IEEE 754 binary32. */
  F32(4, false),
  /** IEEE 754 binary64. */
  F64(8, false);

  private final int bytes;
  private final boolean integer;

  Encoding(int bytes, boolean integer) {
    this.bytes = bytes;
    this.integer = integer;
  }

  /** Size of one sample in bytes. */
  public int bytes() {
    return bytes;
  }

  /** Whether samples are integers, which round and clip when written. */
  public boolean isInteger() {
    return integer;
  }

  /** The type to work in when the user names none: float64 for f64 and s32, else float32. */
  public SampleType sampleType() {
    return this == F64 || this == S32 ? SampleType.FLOAT64 : SampleType.FLOAT32;
  }

  /** The name used on the command line: {@code u8}, {@code s16}, ... */
  public String shortName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The encoding with this name, in any case.
   *
   * @throws IllegalArgumentException if there is none; the message lists all
   */
  public static Encoding parse(String name) {
    for (Encoding encoding : values()) {
      if (encoding.shortName().equals(name.toLowerCase(Locale.ROOT))) {
        return encoding;
      }
    }
    String known =
        Arrays.stream(values()).map(Encoding::shortName).collect(Collectors.joining(", "));
    throw new IllegalArgumentException("unknown encoding '" + name + "': expected one of " + known);
  }
}
