package io.github.millrace.design.roots;

import io.github.millrace.design.Complex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The roots of a real polynomial, sorted: one of each conjugate pair, then the real roots.
 *
 * <p>Roots whose imaginary part is below 100 ulp of their modulus count as real, and a pair may
 * differ by as much and is averaged; the limits and the order (by real part, then imaginary part)
 * are those of SciPy's zpk2sos.
 *
 * @param upper the root above the real axis of each pair
 * @param reals the real roots, ascending
 */
public record ConjugatePairs(List<Complex> upper, List<Complex> reals) {

  private static final double TOLERANCE = 100 * Math.ulp(1.0);

  /** Spelled out: the comparators of {@link Comparator} cost milliseconds when a program starts. */
  private static final Comparator<Complex> BY_PARTS =
      (a, b) -> a.re() == b.re() ? Double.compare(a.im(), b.im()) : Double.compare(a.re(), b.re());

  /**
   * Pairs up the given roots.
   *
   * @throws IllegalArgumentException where a complex root has no conjugate among them
   */
  public static ConjugatePairs of(List<Complex> roots) {
    List<Complex> upper = new ArrayList<>();
    List<Complex> lower = new ArrayList<>();
    List<Complex> reals = new ArrayList<>();
    for (Complex root : roots) {
      if (Math.abs(root.im()) <= TOLERANCE * root.abs()) {
        reals.add(Complex.real(root.re()));
      } else {
        (root.im() > 0 ? upper : lower).add(root);
      }
    }
    upper.sort(BY_PARTS);
    reals.sort(BY_PARTS);
    upper.replaceAll(root -> average(root, takeConjugate(root, lower)));
    if (!lower.isEmpty()) {
      throw unpaired(lower.getFirst());
    }
    return new ConjugatePairs(upper, reals);
  }

  /** Pairs and real roots in one new list, pairs first. */
  public List<Complex> all() {
    List<Complex> all = new ArrayList<>(upper);
    all.addAll(reals);
    return all;
  }

  private static Complex takeConjugate(Complex root, List<Complex> lower) {
    Complex wanted = root.conjugate();
    int nearest = 0;
    for (int i = 1; i < lower.size(); i++) {
      if (distance(lower.get(i), wanted) < distance(lower.get(nearest), wanted)) {
        nearest = i;
      }
    }
    if (lower.isEmpty() || distance(lower.get(nearest), wanted) > TOLERANCE * root.abs()) {
      throw unpaired(root);
    }
    return lower.remove(nearest);
  }

  private static double distance(Complex a, Complex b) {
    return a.minus(b).abs();
  }

  private static Complex average(Complex upper, Complex lower) {
    return upper.plus(lower.conjugate()).times(0.5);
  }

  private static IllegalArgumentException unpaired(Complex root) {
    return new IllegalArgumentException(
        "root "
            + root.re()
            + (root.im() < 0 ? " - " : " + ")
            + Math.abs(root.im())
            + "i has no conjugate, expected complex roots in conjugate pairs");
  }
}
