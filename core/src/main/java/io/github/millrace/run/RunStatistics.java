package io.github.millrace.run;

import io.github.millrace.signal.StreamFormat;

/**
 * What a run did.
 *
 * @param input the stream that was read
 * @param framesIn frames read
 * @param framesOut frames written
 * @param seconds from the first read to the committed output
 * @param times where these went
 * @param traffic what travelled to the device and back
 * @param clipped samples that the integer encoding of the output could not hold
 * @param undefined samples that were NaN, which the integer encoding of the output holds as 0
 * @param peak largest magnitude of an output sample before it was encoded, 1 is full scale; NaN if
 *     a sample was NaN
 */
public record RunStatistics(
    StreamFormat input,
    long framesIn,
    long framesOut,
    double seconds,
    RunTimes times,
    RunTraffic traffic,
    long clipped,
    long undefined,
    double peak) {

  /** The peak in dB relative to full scale; minus infinity for silence. */
  public double peakDb() {
    return 20 * Math.log10(peak);
  }

  /** Input samples (frames times channels) per second. */
  public double samplesPerSecond() {
    return framesIn * (double) input.channels() / seconds;
  }

  /** Seconds of signal per second of work; NaN where the sample rate is unknown. */
  public double speed() {
    return input.sampleRate() == 0 ? Double.NaN : framesIn / input.sampleRate() / seconds;
  }

  /**
   * Seconds of work per second of signal, below 1 where it is faster than real time; NaN where the
   * sample rate is unknown.
   */
  public double realtimeFactor() {
    return 1 / speed();
  }
}
