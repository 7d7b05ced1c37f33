package io.github.millrace.design;

import io.github.millrace.design.roots.Polynomial;
import io.github.millrace.design.roots.SectionPairing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A cascade of second-order sections in SciPy's layout: rows [b0 b1 b2 1 a1 a2], run in order in
 * transposed direct form II.
 *
 * <p>Immutable, equal by value, safe to share between threads.
 */
public final class Sos {

  private static final int COLUMNS = 6;

  private final double[][] rows;

  private Sos(double[][] rows) {
    this.rows = rows;
  }

  /**
   * The cascade with these rows, copied.
   *
   * @param rows at least one row [b0 b1 b2 1 a1 a2]
   * @throws IllegalArgumentException where there is no row, a row has not 6 columns, a0 is not
   *     exactly 1, or a coefficient is not finite
   */
  public static Sos of(double[][] rows) {
    if (rows.length == 0) {
      throw new IllegalArgumentException("cascade has 0 sections, expected at least 1");
    }
    double[][] copy = new double[rows.length][];
    for (int section = 0; section < rows.length; section++) {
      check(rows[section], section);
      copy[section] = rows[section].clone();
    }
    return new Sos(copy);
  }

  /**
   * The cascade with these zeros, poles and gain, paired and ordered as SciPy's
   * zpk2sos(pairing="nearest"): the section whose pole is nearest the unit circle is last, an odd
   * order gains a pole and a zero at 0, all gain is in the first section.
   *
   * @throws IllegalArgumentException where a complex root has no conjugate
   */
  public static Sos fromZpk(Zpk zpk) {
    return of(SectionPairing.rows(zpk));
  }

  /** Number of sections, at least 1. */
  public int sections() {
    return rows.length;
  }

  /** A copy of one section's row [b0 b1 b2 1 a1 a2]. */
  public double[] row(int section) {
    return rows[section].clone();
  }

  /** One coefficient: index 0 to 5 in [b0 b1 b2 1 a1 a2]. */
  public double coefficient(int section, int index) {
    return rows[section][index];
  }

  /** A copy of all rows, [sections][6]. */
  public double[][] toArray() {
    return Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
  }

  /** This cascade followed by another, as one cascade. */
  public Sos then(Sos next) {
    double[][] joined = Arrays.copyOf(rows, rows.length + next.rows.length);
    System.arraycopy(next.rows, 0, joined, rows.length, next.rows.length);
    return new Sos(joined);
  }

  /**
   * Zeros, poles and gain. A section has two poles, and two zeros less one for each leading zero
   * coefficient of its numerator.
   */
  public Zpk toZpk() {
    List<Complex> zeros = new ArrayList<>();
    List<Complex> poles = new ArrayList<>();
    double gain = 1;
    for (double[] row : rows) {
      double[] b = Polynomial.trimmed(Arrays.copyOf(row, 3));
      gain *= b.length == 0 ? 0 : b[0];
      if (b.length == 3) {
        zeros.addAll(Polynomial.quadraticRoots(b[1] / b[0], b[2] / b[0]));
      } else if (b.length == 2) {
        zeros.add(Complex.real(-b[1] / b[0]));
      }
      poles.addAll(Polynomial.quadraticRoots(row[4], row[5]));
    }
    return new Zpk(zeros, poles, gain);
  }

  /** Numerator and denominator multiplied out, as SciPy's sos2tf. */
  public Tf toTf() {
    double[] b = {1};
    double[] a = {1};
    for (double[] row : rows) {
      b = Polynomial.times(b, Arrays.copyOf(row, 3));
      a = Polynomial.times(a, Arrays.copyOfRange(row, 3, COLUMNS));
    }
    return Tf.of(b, a);
  }

  /**
   * The state in which a constant input of 1 has settled, as SciPy's sosfilt_zi.
   *
   * @return [sections][2], to be scaled by the first input sample
   * @throws IllegalStateException where a section has a pole at z = 1
   */
  public double[][] steadyState() {
    double[][] state = new double[rows.length][];
    double scale = 1;
    for (int section = 0; section < rows.length; section++) {
      double[] row = rows[section];
      double denominator = atOne(1, row[4], row[5]);
      if (denominator == 0) {
        throw new IllegalStateException(
            "section " + section + " has a pole at z = 1, expected none for a steady state");
      }
      double gain = atOne(row[0], row[1], row[2]) / denominator;
      state[section] =
          new double[] {scale * (gain - row[0]), scale * Math.fma(-row[5], gain, row[2])};
      scale *= gain;
    }
    return state;
  }

  /** The gain at 0 Hz, what a constant input is multiplied by; infinite or NaN for a pole at 1. */
  public double gainAtZero() {
    double gain = 1;
    for (double[] row : rows) {
      gain *= atOne(row[0], row[1], row[2]) / atOne(1, row[4], row[5]);
    }
    return gain;
  }

  /** Whether all poles are inside the unit circle. */
  public boolean isStable() {
    return Arrays.stream(rows)
        .allMatch(
            row -> row[5] < 1 && atOne(1, row[4], row[5]) > 0 && atOne(1, -row[4], row[5]) > 0);
  }

  /** The largest modulus of a pole. */
  public double maxPoleRadius() {
    return Arrays.stream(rows).mapToDouble(row -> radius(row[4], row[5])).max().orElse(0);
  }

  private static double radius(double a1, double a2) {
    return Polynomial.quadraticRoots(a1, a2).stream().mapToDouble(Complex::abs).max().orElse(0);
  }

  /**
   * Whether the poles stay where they are when coefficients are rounded to float32: the distances
   * to the unit circle, to 1 and to -1 keep half of what they were. A high-pass of 0.5 Hz at 48 kHz
   * is unstable then, and grows without bound. True of filters that are unstable anyway.
   */
  public boolean holdsInFloat32() {
    return !isStable() || Arrays.stream(rows).allMatch(row -> holds(row[4], row[5]));
  }

  private static boolean holds(double a1, double a2) {
    float narrow1 = (float) a1;
    float narrow2 = (float) a2;
    return keepsHalf(1 - radius(a1, a2), 1 - radius(narrow1, narrow2))
        && keepsHalf(atOne(1, a1, a2), atOne(1, narrow1, narrow2))
        && keepsHalf(atOne(1, -a1, a2), atOne(1, -narrow1, narrow2));
  }

  private static boolean keepsHalf(double exact, double rounded) {
    return Math.abs(rounded - exact) <= exact / 2;
  }

  /** Whether the other object is a cascade with the same rows. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Sos sos && Arrays.deepEquals(rows, sos.rows);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(rows);
  }

  @Override
  public String toString() {
    return "Sos" + Arrays.deepToString(rows);
  }

  /**
   * c0 + c1 + c2, the value of a polynomial at z = 1, with the rounding errors of both additions
   * put back: for poles near 1 the sum is far smaller than its terms.
   */
  static double atOne(double c0, double c1, double c2) {
    double first = c0 + c1;
    double firstError = sumError(c0, c1, first);
    double sum = first + c2;
    return sum + (firstError + sumError(first, c2, sum));
  }

  private static double sumError(double x, double y, double sum) {
    double part = sum - x;
    return (x - (sum - part)) + (y - part);
  }

  private static void check(double[] row, int section) {
    if (row.length != COLUMNS) {
      throw new IllegalArgumentException(
          "section " + section + " has " + row.length + " columns, expected [b0 b1 b2 1 a1 a2]");
    }
    if (row[3] != 1) {
      throw new IllegalArgumentException(
          "section "
              + section
              + " has a0 = "
              + row[3]
              + ", expected exactly 1: divide the whole row by its a0");
    }
    for (double coefficient : row) {
      Checks.finite("section " + section + " coefficient", coefficient, "");
    }
  }
}
