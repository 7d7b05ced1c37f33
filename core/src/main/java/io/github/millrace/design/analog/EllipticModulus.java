package io.github.millrace.design.analog;

import java.util.ArrayList;
import java.util.List;

/**
 * An elliptic modulus and its complement: squares sum to 1.
 *
 * <p>Both are kept, each to full relative precision: at high orders the modulus is so near 1 that
 * its distance from 1 would be lost.
 *
 * <p>Source: S. J. Orfanidis, Lecture Notes on Elliptic Filter Design, 2006; the theta series for
 * the degree equation from M. Abramowitz and I. A. Stegun, Handbook of Mathematical Functions,
 * 16.38 and 17.3.
 *
 * @param k the modulus, above 0
 * @param complement the complementary modulus
 */
record EllipticModulus(double k, double complement) {

  static EllipticModulus ofSquare(double square) {
    return new EllipticModulus(Math.sqrt(square), Math.sqrt(1 - square));
  }

  EllipticModulus swapped() {
    return new EllipticModulus(complement, k);
  }

  /** pi K'(k) / K(k), minus the logarithm of the nome: both integrals are pi / 2 over a mean. */
  double logNome() {
    return -Math.PI * mean(1, complement) / mean(1, k);
  }

  /** The modulus k of the degree equation n K'(k) / K(k) = K'(k1) / K(k1), where this is k1. */
  EllipticModulus ofDegree(int order) {
    double log = logNome() / order;
    // The series converge fast below exp(-pi); above, the complementary nome is below it.
    return log < -Math.PI ? ofLogNome(log) : ofLogNome(Math.PI * Math.PI / log).swapped();
  }

  private static EllipticModulus ofLogNome(double log) {
    double odd = 1;
    double even = 0.5;
    for (int n = 1; n <= 6; n++) {
      odd += Math.exp(log * n * (n + 1));
      even += Math.exp(log * n * n);
    }
    double root = odd / even;
    double k = Math.exp(log / 2) * root * root;
    return new EllipticModulus(k, Math.sqrt((1 - k) * (1 + k)));
  }

  /** The moduli after each descending Landen step, down to 0. */
  List<EllipticModulus> landenChain() {
    List<EllipticModulus> chain = new ArrayList<>();
    EllipticModulus modulus = this;
    while (modulus.k > 1e-17) {
      modulus = modulus.landen();
      chain.add(modulus);
    }
    return chain;
  }

  private EllipticModulus landen() {
    double ratio = k / (1 + complement);
    return new EllipticModulus(ratio * ratio, 2 * Math.sqrt(complement) / (1 + complement));
  }

  /** v with sn(i v K, k) = i y. */
  double inverseSn(double y) {
    EllipticModulus modulus = this;
    double w = y;
    while (modulus.k > 1e-17) {
      EllipticModulus next = modulus.landen();
      w = 2 * w / ((1 + next.k) * (1 + Math.hypot(1, modulus.k * w)));
      modulus = next;
    }
    return 2 / Math.PI * Math.log(w + Math.hypot(1, w));
  }

  private static double mean(double a, double b) {
    while (Math.abs(a - b) > 1e-15 * a) {
      double geometric = Math.sqrt(a * b);
      a = (a + b) / 2;
      b = geometric;
    }
    return (a + b) / 2;
  }
}
