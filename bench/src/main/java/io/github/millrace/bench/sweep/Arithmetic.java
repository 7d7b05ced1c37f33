package io.github.millrace.bench.sweep;

import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;

/** The types that cascades compute in, each on samples of its own type. */
public enum Arithmetic {
  /** float32 samples, fast. */
  FLOAT32(SampleType.FLOAT32, Precision.FAST),
  /** float64 samples, precise. */
  FLOAT64(SampleType.FLOAT64, Precision.PRECISE);

  private final SampleType type;
  private final Precision precision;

  Arithmetic(SampleType type, Precision precision) {
    this.type = type;
    this.precision = precision;
  }

  /** The samples. */
  public SampleType type() {
    return type;
  }

  /** The precision that computes in this type. */
  public Precision precision() {
    return precision;
  }

  /** {@code f32} or {@code f64}. */
  public String label() {
    return type.shortName();
  }

  /**
   * The arithmetic with this label.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Arithmetic parse(String label) {
    return SampleType.parse(label) == SampleType.FLOAT32 ? FLOAT32 : FLOAT64;
  }
}
