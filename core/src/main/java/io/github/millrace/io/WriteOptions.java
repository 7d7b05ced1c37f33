package io.github.millrace.io;

import java.io.OutputStream;
import java.util.List;
import java.util.Objects;

/**
 * What a writer is told beside the name of its output.
 *
 * @param container the format; null to take it from the name ({@code -}: WAV)
 * @param encoding how samples are stored
 * @param sampleRate frames per second; 0 where unknown, which only raw and .npy can hold
 * @param channels number of channels, 1 to 65,535
 * @param frames frames that will be written if known, else -1; used to see early that the disk is
 *     too small, and as the length in the header of a stream
 * @param channelMask speaker positions as in WAVEFORMATEXTENSIBLE, 0 for none; dropped where the
 *     positions are not as many as the channels
 * @param metadata chunks to keep, as WAV and RF64 can
 * @param overwrite whether an existing file may be replaced
 * @param dither whether integer encodings get triangular dither of two steps peak to peak
 * @param scale what integers stand for
 * @param shape of an .npy array
 * @param stdout what {@code -} writes; null for the standard output
 */
public record WriteOptions(
    Container container,
    Encoding encoding,
    double sampleRate,
    int channels,
    long frames,
    int channelMask,
    Metadata metadata,
    boolean overwrite,
    boolean dither,
    Scale scale,
    ArrayShape shape,
    OutputStream stdout) {

  /** Checks the ranges. */
  public WriteOptions {
    Objects.requireNonNull(encoding, "encoding");
    Objects.requireNonNull(scale, "scale");
    Objects.requireNonNull(shape, "shape");
    if (!(sampleRate >= 0) || Double.isInfinite(sampleRate)) {
      throw new IllegalArgumentException(
          "sample rate is " + sampleRate + " Hz, expected a finite rate above 0 (or 0: unknown)");
    }
    if (channels < 1 || channels > 65_535) {
      throw new IllegalArgumentException("channels is " + channels + ", expected 1 to 65535");
    }
    if (frames < -1) {
      throw new IllegalArgumentException(
          "frames is " + frames + ", expected at least 0 (or -1: unknown)");
    }
    Objects.requireNonNull(metadata, "metadata");
  }

  /** A new file of this encoding, rate in Hz and number of channels; the rest is default. */
  public static WriteOptions of(Encoding encoding, double sampleRate, int channels) {
    return new WriteOptions(
        null,
        encoding,
        sampleRate,
        channels,
        -1,
        0,
        Metadata.of(List.of()),
        false,
        false,
        Scale.FULL,
        ArrayShape.FRAMES,
        null);
  }

  /**
   * A new file with the encoding, rate, channels, mask, metadata, scale and shape of an input;
   * where any of these is changed, the metadata follows.
   */
  public static WriteOptions like(FileFormat input) {
    return of(input.encoding(), input.sampleRate(), input.channels())
        .withChannelMask(input.channelMask())
        .withMetadata(Metadata.of(input, 0))
        .withScale(input.scale())
        .withShape(input.shape());
  }

  /** These options with a format that does not depend on the name. */
  public WriteOptions withContainer(Container other) {
    return new WriteOptions(
        other,
        encoding,
        sampleRate,
        channels,
        frames,
        channelMask,
        metadata,
        overwrite,
        dither,
        scale,
        shape,
        stdout);
  }

  /** These options with another encoding. */
  public WriteOptions withEncoding(Encoding other) {
    return new WriteOptions(
        container,
        other,
        sampleRate,
        channels,
        frames,
        channelMask,
        metadata,
        overwrite,
        dither,
        scale,
        shape,
        stdout);
  }

  /** These options with another rate in Hz. */
  public WriteOptions withSampleRate(double rate) {
    return new WriteOptions(
        container,
        encoding,
        rate,
        channels,
        frames,
        channelMask,
        metadata,
        overwrite,
        dither,
        scale,
        shape,
        stdout);
  }

  /** These options with another number of channels. */
  public WriteOptions withChannels(int count) {
    return new WriteOptions(
        container,
        encoding,
        sampleRate,
        count,
        frames,
        channelMask,
        metadata,
        overwrite,
        dither,
        scale,
        shape,
        stdout);
  }

  /** These options with the expected number of frames, -1 if unknown. */
  public WriteOptions withFrames(long expected) {
    return new WriteOptions(
        container,
        encoding,
        sampleRate,
        channels,
        expected,
        channelMask,
        metadata,
        overwrite,
        dither,
        scale,
        shape,
        stdout);
  }

  /** These options with other speaker positions. */
  public WriteOptions withChannelMask(int mask) {
    return new WriteOptions(
        container,
        encoding,
        sampleRate,
        channels,
        frames,
        mask,
        metadata,
        overwrite,
        dither,
        scale,
        shape,
        stdout);
  }

  /** These options with other chunks, to be written as they are. */
  public WriteOptions withMetadata(List<Chunk> chunks) {
    return withMetadata(Metadata.of(chunks));
  }

  /** These options with other chunks. */
  public WriteOptions withMetadata(Metadata other) {
    return new WriteOptions(
        container,
        encoding,
        sampleRate,
        channels,
        frames,
        channelMask,
        other,
        overwrite,
        dither,
        scale,
        shape,
        stdout);
  }

  /** These options with or without leave to replace an existing file. */
  public WriteOptions withOverwrite(boolean allowed) {
    return new WriteOptions(
        container,
        encoding,
        sampleRate,
        channels,
        frames,
        channelMask,
        metadata,
        allowed,
        dither,
        scale,
        shape,
        stdout);
  }

  /** These options with or without dither of integer encodings. */
  public WriteOptions withDither(boolean on) {
    return new WriteOptions(
        container,
        encoding,
        sampleRate,
        channels,
        frames,
        channelMask,
        metadata,
        overwrite,
        on,
        scale,
        shape,
        stdout);
  }

  /** These options with another stream behind {@code -}. */
  public WriteOptions withStdout(OutputStream stream) {
    return new WriteOptions(
        container,
        encoding,
        sampleRate,
        channels,
        frames,
        channelMask,
        metadata,
        overwrite,
        dither,
        scale,
        shape,
        stream);
  }

  /** These options with another meaning of integers. */
  public WriteOptions withScale(Scale other) {
    return new WriteOptions(
        container,
        encoding,
        sampleRate,
        channels,
        frames,
        channelMask,
        metadata,
        overwrite,
        dither,
        other,
        shape,
        stdout);
  }

  /** These options with another shape of an array. */
  public WriteOptions withShape(ArrayShape other) {
    return new WriteOptions(
        container,
        encoding,
        sampleRate,
        channels,
        frames,
        channelMask,
        metadata,
        overwrite,
        dither,
        scale,
        other,
        stdout);
  }
}
