package io.github.millrace.design.analog;

import io.github.millrace.design.Band;
import io.github.millrace.design.Complex;
import io.github.millrace.design.Zpk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Moves an analogue low-pass prototype to a band and then to the z plane.
 *
 * <p>Source: A. Antoniou, Digital Signal Processing, 2006, sections 10.6 and 11.6; the steps and
 * the scaling (bilinear transform at a rate of 2) are those of SciPy's iirfilter.
 */
public final class FrequencyTransform {

  /** Twice the rate of 2 at which the bilinear transform is taken. */
  private static final double BILINEAR = 4;

  private FrequencyTransform() {}

  /** The digital filter in this band, at a sample rate, of an analogue prototype of cutoff 1. */
  public static Zpk digital(Zpk prototype, Band band, double sampleRate) {
    double low = warped(band.low(), sampleRate);
    double high = warped(band.high(), sampleRate);
    double centre = Math.sqrt(low * high);
    double width = high - low;
    return bilinear(
        switch (band.kind()) {
          case LOWPASS -> lowpass(prototype, low);
          case HIGHPASS -> highpass(prototype, low);
          case BANDPASS -> bandpass(prototype, centre, width);
          case BANDSTOP -> bandstop(prototype, centre, width);
        });
  }

  private static double warped(double frequency, double sampleRate) {
    return BILINEAR * Math.tan(Math.PI * (frequency / (sampleRate / 2)) / 2);
  }

  private static Zpk lowpass(Zpk prototype, double cutoff) {
    return new Zpk(
        each(prototype.zeros(), root -> root.times(cutoff)),
        each(prototype.poles(), root -> root.times(cutoff)),
        prototype.gain() * Math.pow(cutoff, degree(prototype)));
  }

  private static Zpk highpass(Zpk prototype, double cutoff) {
    List<Complex> zeros = each(prototype.zeros(), root -> Complex.real(cutoff).divide(root));
    zeros.addAll(Collections.nCopies(degree(prototype), Complex.ZERO));
    return new Zpk(
        zeros,
        each(prototype.poles(), root -> Complex.real(cutoff).divide(root)),
        highpassGain(prototype));
  }

  private static Zpk bandpass(Zpk prototype, double centre, double width) {
    List<Complex> zeros = split(each(prototype.zeros(), root -> root.times(width / 2)), centre);
    zeros.addAll(Collections.nCopies(degree(prototype), Complex.ZERO));
    return new Zpk(
        zeros,
        split(each(prototype.poles(), root -> root.times(width / 2)), centre),
        prototype.gain() * Math.pow(width, degree(prototype)));
  }

  private static Zpk bandstop(Zpk prototype, double centre, double width) {
    Complex half = Complex.real(width / 2);
    List<Complex> zeros = split(each(prototype.zeros(), half::divide), centre);
    zeros.addAll(Collections.nCopies(degree(prototype), new Complex(0, centre)));
    zeros.addAll(Collections.nCopies(degree(prototype), new Complex(0, -centre)));
    return new Zpk(
        zeros, split(each(prototype.poles(), half::divide), centre), highpassGain(prototype));
  }

  private static Zpk bilinear(Zpk analog) {
    Complex rate = Complex.real(BILINEAR);
    UnaryOperator<Complex> map = root -> rate.plus(root).divide(rate.minus(root));
    List<Complex> zeros = each(analog.zeros(), map);
    zeros.addAll(Collections.nCopies(degree(analog), Complex.real(-1)));
    double gain =
        analog.gain()
            * product(each(analog.zeros(), rate::minus))
                .divide(product(each(analog.poles(), rate::minus)))
                .re();
    return new Zpk(zeros, each(analog.poles(), map), gain);
  }

  /**
   * Each root r becomes the two roots r + sqrt(r^2 - centre^2) and r - sqrt(r^2 - centre^2), the
   * smaller by way of their product, centre^2: the difference would cancel.
   */
  private static List<Complex> split(List<Complex> roots, double centre) {
    List<Complex> result = new ArrayList<>();
    for (Complex root : roots) {
      Complex offset = root.times(root).minus(Complex.real(centre * centre)).sqrt();
      boolean aligned = root.re() * offset.re() + root.im() * offset.im() >= 0;
      Complex larger = aligned ? root.plus(offset) : root.minus(offset);
      result.add(larger);
      result.add(Complex.real(centre * centre).divide(larger));
    }
    return result;
  }

  private static double highpassGain(Zpk prototype) {
    return prototype.gain()
        * product(each(prototype.zeros(), Complex::negate))
            .divide(product(each(prototype.poles(), Complex::negate)))
            .re();
  }

  private static int degree(Zpk zpk) {
    return zpk.poles().size() - zpk.zeros().size();
  }

  private static List<Complex> each(List<Complex> roots, UnaryOperator<Complex> map) {
    List<Complex> result = new ArrayList<>(roots);
    result.replaceAll(map);
    return result;
  }

  /** The product of the given numbers. */
  public static Complex product(List<Complex> numbers) {
    return numbers.stream().reduce(Complex.ONE, Complex::times);
  }
}
