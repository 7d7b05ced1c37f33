package io.github.millrace.io;

import java.io.InputStream;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What a reader is told beside the name of its input.
 *
 * @param container the format; null to recognise it by its first bytes
 * @param encoding of raw samples; null where not given
 * @param sampleRate of raw samples and of .npy, in Hz; 0 where not given
 * @param channels of raw samples; 0 where not given
 * @param axis of an .npy array along which time runs, counted as NumPy does: 0, 1, or -1 and -2
 *     from the end; empty where not stated, when only what is unlikely to be wrong is read
 * @param scale what integers stand for
 * @param stdin what {@code -} reads; null for the standard input
 */
public record ReadOptions(
    Container container,
    Encoding encoding,
    double sampleRate,
    int channels,
    OptionalInt axis,
    Scale scale,
    InputStream stdin) {

  /** Everything from the file itself. */
  public static final ReadOptions DEFAULT =
      new ReadOptions(null, null, 0, 0, OptionalInt.empty(), Scale.FULL, null);

  /** Checks the ranges. */
  public ReadOptions {
    Objects.requireNonNull(scale, "scale");
    if (axis.isPresent() && (axis.getAsInt() < -2 || axis.getAsInt() > 1)) {
      throw new IllegalArgumentException("axis is " + axis.getAsInt() + ", expected -2 to 1");
    }
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
    return DEFAULT
        .withContainer(Container.RAW)
        .withEncoding(encoding)
        .withSampleRate(sampleRate)
        .withChannels(channels);
  }

  /** These options with a format that is not to be recognised. */
  public ReadOptions withContainer(Container other) {
    return new ReadOptions(other, encoding, sampleRate, channels, axis, scale, stdin);
  }

  /** These options with another encoding of raw samples. */
  public ReadOptions withEncoding(Encoding other) {
    return new ReadOptions(container, other, sampleRate, channels, axis, scale, stdin);
  }

  /** These options with another rate in Hz. */
  public ReadOptions withSampleRate(double rate) {
    return new ReadOptions(container, encoding, rate, channels, axis, scale, stdin);
  }

  /** These options with another number of channels of raw samples. */
  public ReadOptions withChannels(int count) {
    return new ReadOptions(container, encoding, sampleRate, count, axis, scale, stdin);
  }

  /** These options with another stream behind {@code -}. */
  public ReadOptions withStdin(InputStream stream) {
    return new ReadOptions(container, encoding, sampleRate, channels, axis, scale, stream);
  }

  /** These options with time along this axis of an array: 0, 1, -1 or -2. */
  public ReadOptions withAxis(int time) {
    return new ReadOptions(
        container, encoding, sampleRate, channels, OptionalInt.of(time), scale, stdin);
  }

  /** These options with another meaning of integers. */
  public ReadOptions withScale(Scale other) {
    return new ReadOptions(container, encoding, sampleRate, channels, axis, other, stdin);
  }
}
