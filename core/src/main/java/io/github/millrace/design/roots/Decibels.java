package io.github.millrace.design.roots;

/** Levels in dB as ratios. */
public final class Decibels {

  private Decibels() {}

  /** 10^(decibels / 10) - 1, without cancellation for small levels. */
  public static double powerMinusOne(double decibels) {
    return Math.expm1(Math.log(10) * decibels / 10);
  }
}
