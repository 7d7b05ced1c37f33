package io.github.millrace.stage;

import io.github.millrace.signal.StreamFormat;

/**
 * What to compute on a stream: immutable, equal by value, bound to no device.
 *
 * <p>A stage given in hertz or seconds is a recipe: {@link #lower} turns it into coefficients for
 * one stream's own rate, at prepare.
 */
public sealed interface Stage
    permits Iir,
        FirDesign,
        SosCascade,
        Fir,
        Gain,
        Delay,
        Mix,
        Resample,
        Fft,
        InverseFft,
        CustomStage {

  /**
   * The format this stage writes when it reads {@code in}.
   *
   * @throws IllegalArgumentException if the stage cannot work on such a stream
   */
  StreamFormat output(StreamFormat in);

  /**
   * This stage with everything that depends on the stream resolved; itself where nothing does.
   *
   * @throws IllegalArgumentException if the stage cannot work on such a stream
   */
  default Stage lower(StreamFormat in) {
    return this;
  }

  /** One short line for people, such as {@code gain -3.00 dB}. */
  String describe();

  /**
   * Checks that a stage which reads samples in time is not fed spectra.
   *
   * @return {@code in}
   * @throws IllegalArgumentException if {@code in} is a spectrum
   */
  static StreamFormat requireTime(Stage stage, StreamFormat in) {
    if (in.isSpectrum()) {
      throw new IllegalArgumentException(
          stage.describe()
              + " reads samples in time, the stream holds spectra of "
              + in.fftBlock()
              + " frames; put an inverse FFT before it");
    }
    return in;
  }

  /**
   * Checks that the rate of a stream is known.
   *
   * @return the rate in Hz
   * @throws IllegalArgumentException if it is not
   */
  static double requireRate(Stage stage, StreamFormat in) {
    if (in.sampleRate() == 0) {
      throw new IllegalArgumentException(
          stage.describe() + " needs the sample rate, which is unknown for this stream");
    }
    return in.sampleRate();
  }
}
