package io.github.millrace.design.roots;

import io.github.millrace.design.Complex;
import io.github.millrace.design.Zpk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * Groups poles and zeros into second-order sections: each pole, the worst (nearest the unit circle)
 * last, takes the zero nearest to it.
 *
 * <p>Same pairing and order as SciPy's zpk2sos(pairing="nearest"). Consumes its lists; used once.
 */
public final class SectionPairing {

  private final List<Complex> zeros;
  private final List<Complex> poles;

  private SectionPairing(List<Complex> zeros, List<Complex> poles) {
    this.zeros = zeros;
    this.poles = poles;
  }

  /** The rows of the sections, the gain in the first. */
  public static double[][] rows(Zpk zpk) {
    int sections = (Math.max(1, Math.max(zpk.zeros().size(), zpk.poles().size())) + 1) / 2;
    SectionPairing pairing =
        new SectionPairing(padded(zpk.zeros(), 2 * sections), padded(zpk.poles(), 2 * sections));
    double[][] rows = new double[sections][];
    for (int section = sections - 1; section >= 0; section--) {
      rows[section] = pairing.next();
    }
    for (int i = 0; i < 3; i++) {
      rows[0][i] *= zpk.gain();
    }
    return rows;
  }

  /** Delays a numerator, in the place of zeros at 0, of which there are at least so many. */
  public static void delay(double[][] rows, int frames) {
    int left = frames;
    for (int section = 0; section < rows.length && left > 0; section++) {
      double[] row = rows[section];
      while (left > 0 && row[2] == 0) {
        row[2] = row[1];
        row[1] = row[0];
        row[0] = 0;
        left--;
      }
    }
  }

  private static List<Complex> padded(List<Complex> roots, int size) {
    List<Complex> padded = new ArrayList<>(roots);
    padded.addAll(Collections.nCopies(size - roots.size(), Complex.ZERO));
    return ConjugatePairs.of(padded).all();
  }

  private double[] next() {
    Complex pole = takeWorst(any -> true);
    Complex partner = pole.isReal() ? takeWorst(Complex::isReal) : pole.conjugate();
    Complex zero =
        takeNearest(pole, mustLeaveRealZero(pole) ? root -> !root.isReal() : any -> true);
    Complex other = zero.isReal() ? takeNearest(pole, Complex::isReal) : zero.conjugate();
    double[] b = Polynomial.quadratic(zero, other);
    double[] a = Polynomial.quadratic(pole, partner);
    return new double[] {b[0], b[1], b[2], 1, a[1], a[2]};
  }

  /** A complex pole must not take the one real zero that the one real pole left will need. */
  private boolean mustLeaveRealZero(Complex pole) {
    return !pole.isReal()
        && poles.size() + 1 == zeros.size()
        && poles.stream().filter(Complex::isReal).count() == 1
        && zeros.stream().filter(Complex::isReal).count() == 1;
  }

  private Complex takeWorst(Predicate<Complex> wanted) {
    return take(poles, wanted, pole -> Math.abs(1 - pole.abs()));
  }

  private Complex takeNearest(Complex pole, Predicate<Complex> wanted) {
    return take(zeros, wanted, zero -> zero.minus(pole).abs());
  }

  private static Complex take(
      List<Complex> roots, Predicate<Complex> wanted, ToDoubleFunction<Complex> distance) {
    int best = -1;
    for (int i = 0; i < roots.size(); i++) {
      Complex root = roots.get(i);
      if (wanted.test(root)
          && (best < 0 || distance.applyAsDouble(root) < distance.applyAsDouble(roots.get(best)))) {
        best = i;
      }
    }
    return roots.remove(best);
  }
}
