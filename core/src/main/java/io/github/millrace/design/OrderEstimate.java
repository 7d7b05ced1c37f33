package io.github.millrace.design;

import io.github.millrace.design.analog.OrderSearch;
import java.util.Objects;

/**
 * The lowest order of a family that meets a mask, and the band to design it with.
 *
 * <p>The same estimates as SciPy's buttord, cheb1ord, cheb2ord and ellipord; source: L. R. Rabiner
 * and B. Gold, Theory and Application of Digital Signal Processing, 1975.
 *
 * @param order order for {@link ClassicFilter}
 * @param band edges in Hz for {@link ClassicFilter}
 */
public record OrderEstimate(int order, Band band) {

  /**
   * What a filter must do: at most a ripple of loss in its pass band, at least an attenuation in
   * its stop band.
   *
   * @param pass edges of the pass band, in a band of the wanted kind
   * @param stop edges of the stop band, in a band of the same kind
   * @param rippleDb largest loss in the pass band in dB, above 0
   * @param attenuationDb smallest loss in the stop band in dB, above the ripple
   */
  public record Mask(Band pass, Band stop, double rippleDb, double attenuationDb) {

    /**
     * Checks the order of the edges and the levels.
     *
     * @throws IllegalArgumentException where the kinds differ, the edges leave no transition
     *     between pass and stop band, or a level is out of range
     */
    public Mask {
      Objects.requireNonNull(pass, "pass");
      Objects.requireNonNull(stop, "stop");
      Checks.levels(rippleDb, attenuationDb);
      boolean wider = stop.low() < pass.low() && pass.high() < stop.high();
      boolean ordered =
          switch (pass.kind()) {
            case LOWPASS -> pass.low() < stop.low();
            case HIGHPASS -> stop.low() < pass.low();
            case BANDPASS -> wider;
            case BANDSTOP -> pass.low() < stop.low() && stop.high() < pass.high();
          };
      if (pass.kind() != stop.kind() || !ordered) {
        throw new IllegalArgumentException(
            "pass band is "
                + pass.describe()
                + " and stop band "
                + stop.describe()
                + ", expected one kind and a transition between them");
      }
    }
  }

  /**
   * The estimate for a Butterworth filter.
   *
   * @param sampleRate in Hz
   * @throws IllegalArgumentException where an edge is not below half the sample rate
   */
  public static OrderEstimate butterworth(Mask mask, double sampleRate) {
    return new OrderSearch(mask, sampleRate, OrderSearch.Family.BUTTERWORTH).estimate();
  }

  /**
   * The estimate for a Chebyshev I filter of the mask's ripple.
   *
   * @param sampleRate in Hz
   * @throws IllegalArgumentException where an edge is not below half the sample rate
   */
  public static OrderEstimate chebyshev1(Mask mask, double sampleRate) {
    return new OrderSearch(mask, sampleRate, OrderSearch.Family.CHEBYSHEV1).estimate();
  }

  /**
   * The estimate for a Chebyshev II filter of the mask's attenuation.
   *
   * @param sampleRate in Hz
   * @throws IllegalArgumentException where an edge is not below half the sample rate
   */
  public static OrderEstimate chebyshev2(Mask mask, double sampleRate) {
    return new OrderSearch(mask, sampleRate, OrderSearch.Family.CHEBYSHEV2).estimate();
  }

  /**
   * The estimate for an elliptic filter of the mask's ripple and attenuation.
   *
   * @param sampleRate in Hz
   * @throws IllegalArgumentException where an edge is not below half the sample rate
   */
  public static OrderEstimate elliptic(Mask mask, double sampleRate) {
    return new OrderSearch(mask, sampleRate, OrderSearch.Family.ELLIPTIC).estimate();
  }
}
