package io.github.millrace.design.analog;

import io.github.millrace.design.Band;
import io.github.millrace.design.OrderEstimate;
import io.github.millrace.design.roots.BoundedMinimum;
import io.github.millrace.design.roots.Decibels;

/**
 * Finds the order of a family that meets a mask: maps the edges to the analogue low-pass prototype
 * and solves the family's degree equation.
 *
 * <p>For a bandstop the pass band may narrow, one edge after the other, to where the order is
 * lowest; steps and tolerance of that search are SciPy's.
 */
public final class OrderSearch {

  /** The families that have an estimate. */
  public enum Family {
    /** Flat at 0. */
    BUTTERWORTH,
    /** Ripple in the pass band. */
    CHEBYSHEV1,
    /** Ripple in the stop band. */
    CHEBYSHEV2,
    /** Ripple in both. */
    ELLIPTIC
  }

  private final OrderEstimate.Mask mask;
  private final double sampleRate;
  private final Family family;
  private final double passLevel;
  private final double stopLevel;

  /** Checks that the mask exists at the sample rate. */
  public OrderSearch(OrderEstimate.Mask mask, double sampleRate, Family family) {
    mask.pass().checkBelowNyquist(sampleRate);
    mask.stop().checkBelowNyquist(sampleRate);
    this.mask = mask;
    this.sampleRate = sampleRate;
    this.family = family;
    this.passLevel = Decibels.powerMinusOne(mask.rippleDb());
    this.stopLevel = Decibels.powerMinusOne(mask.attenuationDb());
  }

  /** The order and the band. */
  public OrderEstimate estimate() {
    Edges stop = warped(mask.stop());
    Edges pass = warped(mask.pass());
    if (mask.pass().kind() == Band.Kind.BANDSTOP) {
      pass = narrowed(pass, stop);
    }
    int order = (int) Math.ceil(order(selectivity(pass, stop)));
    return new OrderEstimate(order, band(natural(pass, order)));
  }

  /** The edges of the pass band between which the order is lowest. */
  private Edges narrowed(Edges pass, Edges stop) {
    double low =
        BoundedMinimum.of(
            x -> order(selectivity(new Edges(x, pass.high), stop)), pass.low, stop.low - 1e-12);
    double high =
        BoundedMinimum.of(
            x -> order(selectivity(new Edges(pass.low, x), stop)), stop.high + 1e-12, pass.high);
    return new Edges(low, high);
  }

  /** The stop edge of the prototype whose pass edge is 1. */
  private double selectivity(Edges pass, Edges stop) {
    return switch (mask.pass().kind()) {
      case LOWPASS -> stop.low / pass.low;
      case HIGHPASS -> pass.low / stop.low;
      case BANDPASS -> Math.min(1 / pass.bandstop(stop.low), 1 / pass.bandstop(stop.high));
      case BANDSTOP -> Math.min(pass.bandstop(stop.low), pass.bandstop(stop.high));
    };
  }

  /** The solution of the degree equation, not rounded. */
  private double order(double selectivity) {
    return switch (family) {
      case BUTTERWORTH -> Math.log(stopLevel / passLevel) / (2 * Math.log(selectivity));
      case CHEBYSHEV1, CHEBYSHEV2 -> arcosh(Math.sqrt(stopLevel / passLevel)) / arcosh(selectivity);
      case ELLIPTIC ->
          EllipticModulus.ofSquare(passLevel / stopLevel).logNome()
              / EllipticModulus.ofSquare(1 / (selectivity * selectivity)).logNome();
    };
  }

  /** The edges to design with: those where the family reaches its own defining level. */
  private Edges natural(Edges pass, int order) {
    return switch (family) {
      case BUTTERWORTH -> scaled(pass, Math.pow(passLevel, -0.5 / order));
      case CHEBYSHEV2 -> scaled(pass, Math.cosh(arcosh(Math.sqrt(stopLevel / passLevel)) / order));
      case CHEBYSHEV1, ELLIPTIC -> pass;
    };
  }

  /**
   * The edges that the prototype's frequency {@code factor} has where its 1 is at the pass edges.
   */
  private Edges scaled(Edges pass, double factor) {
    double product = pass.low * pass.high;
    return switch (mask.pass().kind()) {
      case LOWPASS -> new Edges(pass.low * factor, pass.low * factor);
      case HIGHPASS -> new Edges(pass.low / factor, pass.low / factor);
      case BANDPASS -> around(factor * (pass.high - pass.low), product);
      case BANDSTOP -> around((pass.high - pass.low) / factor, product);
    };
  }

  /** The edges of this width whose product, the square of the centre, is given. */
  private static Edges around(double width, double product) {
    double high = width / 2 + Math.sqrt(width * width / 4 + product);
    return new Edges(product / high, high);
  }

  private Edges warped(Band band) {
    return new Edges(
        Math.tan(Math.PI * (band.low() / sampleRate)),
        Math.tan(Math.PI * (band.high() / sampleRate)));
  }

  private Band band(Edges edges) {
    return new Band(mask.pass().kind(), unwarped(edges.low), unwarped(edges.high));
  }

  private double unwarped(double edge) {
    return Math.atan(edge) / Math.PI * sampleRate;
  }

  private static double arcosh(double x) {
    return Math.log(x + Math.sqrt((x - 1) * (x + 1)));
  }

  /** Analogue edge frequencies. */
  private record Edges(double low, double high) {

    /** The prototype's frequency of a bandstop with these edges, at w. */
    double bandstop(double w) {
      return Math.abs(w * (low - high) / (w * w - low * high));
    }
  }
}
