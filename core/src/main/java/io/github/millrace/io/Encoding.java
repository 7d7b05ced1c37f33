package io.github.millrace.io;

import io.github.millrace.signal.SampleType;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How one sample is stored in a file; what an integer stands for, {@link Scale} says.
 *
 * <p>WAV, RF64 and W64 hold u8, s16, s24, s32, f32 and f64; .npy holds all but s24, raw all.
 */
public enum Encoding {
  /** Unsigned 8-bit integer, silence at 128. */
  U8(1, false),
  /** Signed 8-bit integer. */
  S8(1, true),
  /** Signed 16-bit integer. */
  S16(2, true),
  /** Unsigned 16-bit integer, silence at 32,768. */
  U16(2, false),
  /** Signed 24-bit integer in three bytes. */
  S24(3, true),
  /** Signed 32-bit integer. */
  S32(4, true),
  /** Unsigned 32-bit integer, silence at 2^31. */
  U32(4, false),
  /** Signed 64-bit integer; exact to 2^53, beyond that read to the nearest double. */
  S64(8, true),
  /** Unsigned 64-bit integer, silence at 2^63; exact to 2^53, beyond that to the nearest double. */
  U64(8, false),
  /** IEEE 754 binary32. */
  F32(4, true),
  /** IEEE 754 binary64. */
  F64(8, true);

  private final int bytes;
  private final boolean signed;

  Encoding(int bytes, boolean signed) {
    this.bytes = bytes;
    this.signed = signed;
  }

  /** Size of one sample in bytes. */
  public int bytes() {
    return bytes;
  }

  /** Whether samples are integers, which round and clip when written. */
  public boolean isInteger() {
    return this != F32 && this != F64;
  }

  /** Whether samples have a sign; the unsigned integers do not. */
  public boolean isSigned() {
    return signed;
  }

  /** The type to work in when the user names none: float64 where float32 would round. */
  public SampleType sampleType() {
    boolean wide = this == F64 || (isInteger() && bytes > 3);
    return wide ? SampleType.FLOAT64 : SampleType.FLOAT32;
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
