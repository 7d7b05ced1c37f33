package io.github.millrace.io;

/** What the integers of a file stand for. */
public enum Scale {
  /**
   * Parts of full scale: {@code value / 2^(bits - 1)}, in [-1, 1); an unsigned value is less by
   * half of its range first, so that its silence is 0.
   */
  FULL,
  /** The numbers themselves, as an array program shows them. */
  COUNTS;

  /** The magnitude of a sample that a full-scale integer of this encoding stands for. */
  public double fullScale(Encoding encoding) {
    return this == FULL ? 1 : Math.scalb(1.0, 8 * encoding.bytes() - 1);
  }
}
