package io.github.millrace.design.fir;

import io.github.millrace.design.Band;
import java.util.Objects;

/**
 * A recipe for a window-method FIR filter: it becomes taps for the rate of the stream it meets.
 *
 * @param band what to pass, in Hz
 * @param length number of taps, at least 1; odd for a high-pass or a bandstop
 * @param window the window
 */
public record WindowedFir(Band band, int length, Window window) {

  /** Checks what can be known without a sample rate. */
  public WindowedFir {
    Objects.requireNonNull(band, "band");
    Objects.requireNonNull(window, "window");
    FirChecks.taps(length);
    if (PassBands.of(band).passNyquist()) {
      FirChecks.oddForNyquist(length);
    }
  }

  /**
   * The taps, symmetric, with gain 1 in the pass band.
   *
   * @param sampleRate frames per second; the band must lie below half of it
   * @throws IllegalArgumentException if it does not, or the rate is not a finite number above 0
   */
  public double[] taps(double sampleRate) {
    return FirTaps.windowed(band, length, window, sampleRate);
  }

  /** One line: {@code fir lowpass 5000 Hz, 255 taps, hamming}. */
  public String describe() {
    return "fir " + band.describe() + ", " + length + " taps, " + window.describe();
  }
}
