package io.github.millrace.io;

import java.io.InputStream;

/**
 * What a reader is told beside the name of its input.
 *
 * @param container the format; null to recognise it by its first bytes
 * @param encoding of raw samples; null where not given
 * @param sampleRate of raw samples and of .npy, in Hz; 0 where not given
 * @param channels of raw samples; 0 where not given
 * @param stdin what {@code -} reads; null for the standard input
 */
public record ReadOptions(
    Container container, Encoding encoding, double sampleRate, int channels, InputStream stdin) {

  /** Everything from the file itself. */
  public static final ReadOptions DEFAULT = new ReadOptions(null, null, 0, 0, null);

  /** Checks the ranges. */
  public ReadOptions {
    if (!(sampleRate >= 0) || Double.isInfinite(sampleRate)) {
      throw new IllegalArgumentException(
          "sample rate is " + sampleRate + " Hz, expected a finite rate above 0 (or 0: not given)");
    }
    if (channels < 0 || channels > 65_535) {
      throw new IllegalArgumentException(
          "channels is " + channels + ", expected 1 to 65535 (or 0: not given)");
    }
  }

  /** Raw samples of this encoding, rate in Hz and number of channels. */
  public static ReadOptions raw(Encoding encoding, double sampleRate, int channels) {
    return new ReadOptions(Container.RAW, encoding, sampleRate, channels, null);
  }

  /** These options with a format that is not to be recognised. */
  public ReadOptions withContainer(Container other) {
    return new ReadOptions(other, encoding, sampleRate, channels, stdin);
  }

  /** These options with another encoding of raw samples. */
  public ReadOptions withEncoding(Encoding other) {
    return new ReadOptions(container, other, sampleRate, channels, stdin);
  }

  /** These options with another rate in Hz. */
  public ReadOptions withSampleRate(double rate) {
    return new ReadOptions(container, encoding, rate, channels, stdin);
  }

  /** These options with another number of channels of raw samples. */
  public ReadOptions withChannels(int count) {
    return new ReadOptions(container, encoding, sampleRate, count, stdin);
  }

  /** These options with another stream behind {@code -}. */
  public ReadOptions withStdin(InputStream stream) {
    return new ReadOptions(container, encoding, sampleRate, channels, stream);
  }
}
