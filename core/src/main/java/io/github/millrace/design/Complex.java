package io.github.millrace.design;

/**
 * A complex number in double precision, in Cartesian form.
 *
 * @param re real part
 * @param im imaginary part
 */
public record Complex(double re, double im) {

  /** The number 0. */
  public static final Complex ZERO = new Complex(0, 0);

  /** The number 1. */
  public static final Complex ONE = new Complex(1, 0);

  /** The real number x. */
  public static Complex real(double x) {
    return new Complex(x, 0);
  }

  /** The number of the given modulus at the given angle in radians. */
  public static Complex polar(double modulus, double angle) {
    return new Complex(modulus * Math.cos(angle), modulus * Math.sin(angle));
  }

  /** This number plus another. */
  public Complex plus(Complex other) {
    return new Complex(re + other.re, im + other.im);
  }

  /** This number minus another. */
  public Complex minus(Complex other) {
    return new Complex(re - other.re, im - other.im);
  }

  /** This number times another. */
  public Complex times(Complex other) {
    return new Complex(re * other.re - im * other.im, re * other.im + im * other.re);
  }

  /** This number times a real factor. */
  public Complex times(double factor) {
    return new Complex(re * factor, im * factor);
  }

  /**
   * This number divided by another, without avoidable overflow.
   *
   * <p>Source: R. L. Smith, Algorithm 116, Communications of the ACM 5(8), 1962.
   */
  public Complex divide(Complex other) {
    if (Math.abs(other.re) >= Math.abs(other.im)) {
      double ratio = other.im / other.re;
      double scale = other.re + other.im * ratio;
      return new Complex((re + im * ratio) / scale, (im - re * ratio) / scale);
    }
    double ratio = other.re / other.im;
    double scale = other.im + other.re * ratio;
    return new Complex((re * ratio + im) / scale, (im * ratio - re) / scale);
  }

  /** 1 divided by this number. */
  public Complex inverse() {
    return ONE.divide(this);
  }

  /** The additive inverse. */
  public Complex negate() {
    return new Complex(-re, -im);
  }

  /** The complex conjugate. */
  public Complex conjugate() {
    return new Complex(re, -im);
  }

  /** The modulus. */
  public double abs() {
    return Math.hypot(re, im);
  }

  /** The angle in radians, from -pi to pi. */
  public double angle() {
    return Math.atan2(im, re);
  }

  /** Whether the imaginary part is 0. */
  public boolean isReal() {
    return im == 0;
  }

  /** Whether both parts are finite. */
  public boolean isFinite() {
    return Double.isFinite(re) && Double.isFinite(im);
  }

  /**
   * The square root with a real part of at least 0; its imaginary part has the sign of this one's.
   */
  public Complex sqrt() {
    double modulus = abs();
    if (modulus == 0) {
      return new Complex(0, im);
    }
    double half = Math.sqrt((Math.abs(re) + modulus) / 2);
    double other = Math.abs(im) / (2 * half);
    return re >= 0
        ? new Complex(half, Math.copySign(other, im))
        : new Complex(other, Math.copySign(half, im));
  }
}
