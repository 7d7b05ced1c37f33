package io.github.millrace.signal;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Locale;

/** The type of a stored sample. */
public enum SampleType {
  /** IEEE 754 binary32. */
  FLOAT32(Float.BYTES, "f32"),
  /** IEEE 754 binary64. */
  FLOAT64(Double.BYTES, "f64");

  private final int bytes;
  private final String shortName;

  SampleType(int bytes, String shortName) {
    this.bytes = bytes;
    this.shortName = shortName;
  }

  /** Size of one sample in bytes. */
  public int bytes() {
    return bytes;
  }

  /** The name used on the command line and in reports: {@code f32} or {@code f64}. */
  public String shortName() {
    return shortName;
  }

  /**
   * The type with this name.
   *
   * @param name {@code f32}, {@code float32}, {@code float}, {@code f64}, {@code float64} or {@code
   *     double}, in any case
   * @throws IllegalArgumentException if the name is another; for a half-precision type the message
   *     says why it is refused
   */
  public static SampleType parse(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "f32", "float32", "float", "single" -> FLOAT32;
      case "f64", "float64", "double" -> FLOAT64;
      case "f16", "float16", "half", "bf16", "bfloat16" ->
          throw new IllegalArgumentException(
              "sample type "
                  + name
                  + " is refused: its "
                  + (name.toLowerCase(Locale.ROOT).startsWith("b") ? 8 : 11)
                  + "-bit significand cannot hold the state of a recursive filter; use float32 or"
                  + " float64");
      default ->
          throw new IllegalArgumentException(
              "unknown sample type '" + name + "': expected float32 (f32) or float64 (f64)");
    };
  }

  /** The sample at a byte of a segment, of any alignment, widened to double. */
  public double get(MemorySegment segment, long offset) {
    return this == FLOAT32
        ? segment.get(ValueLayout.JAVA_FLOAT_UNALIGNED, offset)
        : segment.get(ValueLayout.JAVA_DOUBLE_UNALIGNED, offset);
  }

  /** Sets the sample at a byte of a segment, of any alignment, rounded to the type. */
  public void set(MemorySegment segment, long offset, double value) {
    if (this == FLOAT32) {
      segment.set(ValueLayout.JAVA_FLOAT_UNALIGNED, offset, (float) value);
    } else {
      segment.set(ValueLayout.JAVA_DOUBLE_UNALIGNED, offset, value);
    }
  }
}
