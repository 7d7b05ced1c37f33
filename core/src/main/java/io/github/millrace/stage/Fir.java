package io.github.millrace.stage;

import io.github.millrace.signal.StreamFormat;
import java.util.Arrays;
import java.util.Objects;

/**
 * A finite impulse response applied to every channel: {@code y[n] = sum of h[k] x[n-k]}.
 *
 * <p>Causal: writes as many frames as it reads. State: the last {@code length - 1} input frames of
 * each channel, oldest first.
 */
public final class Fir implements Stage {

  /** How the sum is computed. */
  public enum Method {
    /** Whichever was measured to be faster for this number of taps. */
    AUTO,
    /** Term by term. */
    DIRECT,
    /** By FFT of overlapping blocks. */
    OVERLAP_SAVE
  }

  private final double[] taps;
  private final Method method;

  private Fir(double[] taps, Method method) {
    this.taps = taps;
    this.method = Objects.requireNonNull(method, "method");
    if (taps.length == 0) {
      throw new IllegalArgumentException("an FIR filter has 0 taps, expected at least 1");
    }
    for (int k = 0; k < taps.length; k++) {
      if (!Double.isFinite(taps[k])) {
        throw new IllegalArgumentException("tap " + k + " is " + taps[k] + ", expected finite");
      }
    }
  }

  /**
   * The filter with these taps.
   *
   * @param taps h[0], h[1], ...; at least one, all finite
   */
  public static Fir of(double... taps) {
    return new Fir(taps.clone(), Method.AUTO);
  }

  /** This filter, computed by the given method. */
  public Fir with(Method other) {
    return new Fir(taps, other);
  }

  /** The taps, a copy. */
  public double[] taps() {
    return taps.clone();
  }

  /** Number of taps. */
  public int length() {
    return taps.length;
  }

  /** How the sum is computed. */
  public Method method() {
    return method;
  }

  @Override
  public StreamFormat output(StreamFormat in) {
    return Stage.requireTime(this, in);
  }

  @Override
  public String describe() {
    return "FIR of " + taps.length + (taps.length == 1 ? " tap" : " taps");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fir that && method == that.method && Arrays.equals(taps, that.taps);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(taps) + method.hashCode();
  }

  @Override
  public String toString() {
    return "Fir[" + taps.length + " taps, " + method + "]";
  }
}
