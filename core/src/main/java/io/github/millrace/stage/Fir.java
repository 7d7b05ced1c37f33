package io.github.millrace.stage;

import io.github.millrace.signal.StreamFormat;
import java.util.Arrays;
import java.util.Objects;

/**
 * A finite impulse response applied to every channel: {@code y[n] = sum of h[k] x[n-k]}.
 *
 * <p>Causal: writes as many frames as it reads, unless it is told to take its own delay out ({@link
 * #withDelay}, {@link #advanced}) or to write the rest of the convolution ({@link #withTail}).
 * State: the last {@code length - 1} input frames of each channel, oldest first, and as position
 * the output frames dropped so far.
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

  /** Taps are symmetric up to one rounding to float32 of the largest. */
  private static final double SYMMETRY = 0x1p-23;

  private final double[] taps;
  private final Method method;
  private final Alignment alignment;

  private Fir(double[] taps, Method method, Alignment alignment) {
    this.taps = taps;
    this.method = Objects.requireNonNull(method, "method");
    this.alignment = Objects.requireNonNull(alignment, "alignment");
    if (taps.length == 0) {
      throw new IllegalArgumentException("an FIR filter has 0 taps, expected at least 1");
    }
    for (int k = 0; k < taps.length; k++) {
      if (!Double.isFinite(taps[k])) {
        throw new IllegalArgumentException("tap " + k + " is " + taps[k] + ", expected finite");
      }
    }
    long most = Math.max(alignment.advanceFrames(), alignment.tailFrames());
    if (most >= taps.length) {
      throw new IllegalArgumentException(
          "an FIR filter of "
              + taps.length
              + " taps is moved by "
              + most
              + " frames, expected at most "
              + (taps.length - 1));
    }
  }

  /**
   * The filter with these taps.
   *
   * @param taps h[0], h[1], ...; at least one, all finite
   */
  public static Fir of(double... taps) {
    return new Fir(taps.clone(), Method.AUTO, Alignment.NONE);
  }

  /** This filter, computed by the given method. */
  public Fir with(Method other) {
    return new Fir(taps, other, alignment);
  }

  /** This filter with its output aligned otherwise, by at most {@code length - 1} frames. */
  public Fir with(Alignment other) {
    return new Fir(taps, method, other);
  }

  /**
   * This filter earlier by so many frames: those that are dropped at the start, flush makes up.
   *
   * @param frames from 0 to {@code length - 1}
   */
  public Fir advanced(int frames) {
    return with(Alignment.advance(frames));
  }

  /**
   * This filter with another delay than its own, {@code (length - 1) / 2} frames; 0 puts what
   * happened at a frame to the same frame.
   *
   * @param frames a whole number of frames less than its own delay, not below 0
   * @throws IllegalArgumentException if they are not, or the taps are not of linear phase, so that
   *     there is no one delay
   */
  public Fir withDelay(double frames) {
    if (!isLinearPhase()) {
      throw new IllegalArgumentException(
          describe()
              + " is neither symmetric nor antisymmetric and has no one delay; say by how many"
              + " frames to advance it");
    }
    return with(Alignment.ofDelay(frames, taps.length));
  }

  /** This filter with the whole convolution: flush writes {@code length - 1} frames. */
  public Fir withTail() {
    return with(new Alignment(0, taps.length - 1L));
  }

  /** How its output lies beside its input. */
  public Alignment alignment() {
    return alignment;
  }

  /**
   * Whether the taps are symmetric or antisymmetric, so that all frequencies are delayed alike, by
   * {@code (length - 1) / 2} frames.
   */
  public boolean isLinearPhase() {
    double largest = Arrays.stream(taps).map(Math::abs).max().orElseThrow();
    boolean symmetric = true;
    boolean antisymmetric = true;
    for (int k = 0; k < taps.length; k++) {
      double mirror = taps[taps.length - 1 - k];
      symmetric &= Math.abs(taps[k] - mirror) <= SYMMETRY * largest;
      antisymmetric &= Math.abs(taps[k] + mirror) <= SYMMETRY * largest;
    }
    return symmetric || antisymmetric;
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
    return "FIR of " + taps.length + (taps.length == 1 ? " tap" : " taps") + alignment.describe();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fir that
        && method == that.method
        && alignment.equals(that.alignment)
        && Arrays.equals(taps, that.taps);
  }

  @Override
  public int hashCode() {
    return Objects.hash(Arrays.hashCode(taps), method, alignment);
  }

  @Override
  public String toString() {
    return "Fir[" + taps.length + " taps, " + method + alignment.describe() + "]";
  }
}
