package io.github.millrace.design;

import io.github.millrace.design.roots.Polynomial;
import java.util.List;

/**
 * A transfer function as zeros, poles and a gain: {@code gain * prod(z - zeros) / prod(z - poles)}.
 *
 * <p>Immutable. Complex roots come in conjugate pairs, both of which are listed, as in SciPy.
 *
 * @param zeros the zeros
 * @param poles the poles
 * @param gain the gain
 */
public record Zpk(List<Complex> zeros, List<Complex> poles, double gain) {

  /**
   * Copies the lists and checks that all numbers are finite.
   *
   * @throws IllegalArgumentException where a number is not finite
   */
  public Zpk {
    zeros = List.copyOf(zeros);
    poles = List.copyOf(poles);
    Checks.finite("gain", gain, "");
    checkFinite("zero", zeros);
    checkFinite("pole", poles);
  }

  /**
   * The same transfer function as polynomials in 1/z, as SciPy's zpk2tf followed by padding of the
   * numerator to the degree of the denominator.
   *
   * @throws IllegalArgumentException where a complex root has no conjugate
   */
  public Tf toTf() {
    double[] a = Polynomial.fromRoots(poles);
    double[] b = Polynomial.fromRoots(zeros);
    double[] scaled = new double[Math.max(a.length, b.length)];
    int offset = scaled.length - b.length;
    for (int i = 0; i < b.length; i++) {
      scaled[offset + i] = gain * b[i];
    }
    return Tf.of(scaled, a);
  }

  /**
   * The same transfer function as second-order sections; see {@link Sos#fromZpk}.
   *
   * @throws IllegalArgumentException where a complex root has no conjugate
   */
  public Sos toSos() {
    return Sos.fromZpk(this);
  }

  private static void checkFinite(String what, List<Complex> roots) {
    for (Complex root : roots) {
      if (!root.isFinite()) {
        throw new IllegalArgumentException(what + " is " + root + ", expected finite parts");
      }
    }
  }
}
