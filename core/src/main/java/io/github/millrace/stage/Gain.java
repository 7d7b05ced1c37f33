package io.github.millrace.stage;

import io.github.millrace.signal.StreamFormat;
import java.util.Locale;

/**
 * Multiplies every sample by a constant; works on spectra too. No state.
 *
 * @param factor the multiplier, finite; negative inverts
 */
public record Gain(double factor) implements Stage {

  /** Checks the factor. */
  public Gain {
    if (!Double.isFinite(factor)) {
      throw new IllegalArgumentException("gain is " + factor + ", expected a finite number");
    }
  }

  /** A gain in decibels of amplitude: {@code 10^(db / 20)}. */
  public static Gain db(double db) {
    if (!Double.isFinite(db)) {
      throw new IllegalArgumentException("gain is " + db + " dB, expected a finite number");
    }
    return new Gain(Math.pow(10, db / 20));
  }

  @Override
  public StreamFormat output(StreamFormat in) {
    return in;
  }

  @Override
  public String describe() {
    return factor > 0
        ? String.format(Locale.ROOT, "gain %.2f dB", 20 * Math.log10(factor))
        : "gain " + factor;
  }
}
