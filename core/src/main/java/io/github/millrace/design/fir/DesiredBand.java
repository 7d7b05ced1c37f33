package io.github.millrace.design.fir;

import io.github.millrace.design.Checks;
import java.util.List;

/**
 * One band of an optimal FIR design: a gain that is constant or linear in frequency, and how much
 * the error there counts.
 *
 * @param low lower edge in Hz, at least 0
 * @param high upper edge in Hz, above {@code low}
 * @param gainLow wanted gain at the lower edge, linear
 * @param gainHigh wanted gain at the upper edge, linear
 * @param weight factor on the error in this band (least squares: on its square), above 0
 */
public record DesiredBand(double low, double high, double gainLow, double gainHigh, double weight) {

  /** Checks the ranges. */
  public DesiredBand {
    if (!(low >= 0 && high > low && high < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "band is " + low + " to " + high + " Hz, expected ascending edges from 0 Hz on");
    }
    Checks.finite("gain", gainLow, "");
    Checks.finite("gain", gainHigh, "");
    Checks.positive("weight", weight, "");
  }

  /** A band of constant gain and weight 1. */
  public static DesiredBand flat(double low, double high, double gain) {
    return new DesiredBand(low, high, gain, gain, 1);
  }

  /** A band of weight 1 whose gain is linear in frequency. */
  public static DesiredBand ramp(double low, double high, double gainLow, double gainHigh) {
    return new DesiredBand(low, high, gainLow, gainHigh, 1);
  }

  /** This band with another weight. */
  public DesiredBand weighted(double newWeight) {
    return new DesiredBand(low, high, gainLow, gainHigh, newWeight);
  }

  /** Wanted gain at a frequency in Hz. */
  double gain(double frequency) {
    return gainLow + (gainHigh - gainLow) * (frequency - low) / (high - low);
  }

  static void checkAll(List<DesiredBand> bands, double sampleRate) {
    Checks.sampleRate(sampleRate);
    if (bands.isEmpty()) {
      throw new IllegalArgumentException("design has 0 bands, expected at least 1");
    }
    double previous = 0;
    for (DesiredBand band : bands) {
      if (band.low < previous) {
        throw new IllegalArgumentException(
            "band from "
                + band.low
                + " Hz follows one to "
                + previous
                + " Hz, expected no overlap");
      }
      previous = band.high;
    }
    if (previous > sampleRate / 2) {
      throw new IllegalArgumentException(
          "band ends at "
              + previous
              + " Hz, expected at most "
              + sampleRate / 2
              + " Hz, half the sample rate");
    }
  }
}
