package io.github.millrace.stage;

import io.github.millrace.signal.StreamFormat;

/**
 * The samples of each spectrum, as SciPy's {@code irfft}: scaled by 1 / block. The block length is
 * the stream's.
 *
 * <p>A last incomplete spectrum is completed with zeros at flush. State: shape [planes][bins], the
 * bins of the spectrum not yet complete, then zeros; the position is how many they are.
 */
public record InverseFft() implements Stage {

  @Override
  public StreamFormat output(StreamFormat in) {
    if (!in.isSpectrum()) {
      throw new IllegalArgumentException(
          "an inverse FFT reads spectra, the stream holds samples in time; put an FFT before it");
    }
    return in.withFftBlock(0);
  }

  @Override
  public String describe() {
    return "inverse FFT";
  }
}
