package io.github.millrace.signal;

import java.util.Objects;

/**
 * What a stream of samples is: its rate, its channels, its sample type and its domain.
 *
 * <p>A time-domain stream has one plane per channel. A spectrum stream, made by an FFT of blocks of
 * {@code fftBlock} frames, has two planes per channel (all real planes' channels interleaved as
 * re0, im0, re1, im1, ...) and {@code fftBlock / 2 + 1} frames (bins) per block.
 *
 * @param sampleRate frames per second of the time-domain signal; 0 where unknown
 * @param channels number of channels, at least 1
 * @param type sample type
 * @param fftBlock frames per transformed block; 0 in the time domain
 */
public record StreamFormat(double sampleRate, int channels, SampleType type, int fftBlock) {

  /** Checks the ranges. */
  public StreamFormat {
    Objects.requireNonNull(type, "type");
    if (!(sampleRate >= 0) || Double.isInfinite(sampleRate)) {
      throw new IllegalArgumentException(
          "sample rate is " + sampleRate + " Hz, expected a finite rate above 0 (or 0: unknown)");
    }
    if (channels < 1) {
      throw new IllegalArgumentException("channels is " + channels + ", expected at least 1");
    }
    if (fftBlock < 0) {
      throw new IllegalArgumentException("FFT block is " + fftBlock + ", expected at least 0");
    }
  }

  /** A time-domain format. */
  public StreamFormat(double sampleRate, int channels, SampleType type) {
    this(sampleRate, channels, type, 0);
  }

  /** Spelled out, as {@link #hashCode}: what records bring takes milliseconds at first use. */
  @Override
  public boolean equals(Object other) {
    return other instanceof StreamFormat format
        && Double.compare(sampleRate, format.sampleRate) == 0
        && channels == format.channels
        && type == format.type
        && fftBlock == format.fftBlock;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * Double.hashCode(sampleRate) + channels) + 31 * fftBlock + type.hashCode();
  }

  /** Whether this stream holds spectra rather than samples in time. */
  public boolean isSpectrum() {
    return fftBlock > 0;
  }

  /** Planes of a buffer in this format: channels, or twice that for spectra. */
  public int planes() {
    return isSpectrum() ? Math.multiplyExact(2, channels) : channels;
  }

  /** Bins per block of a spectrum: {@code fftBlock / 2 + 1}. */
  public int bins() {
    return fftBlock / 2 + 1;
  }

  /** This format at another rate. */
  public StreamFormat withSampleRate(double rate) {
    return new StreamFormat(rate, channels, type, fftBlock);
  }

  /** This format with another number of channels. */
  public StreamFormat withChannels(int count) {
    return new StreamFormat(sampleRate, count, type, fftBlock);
  }

  /** This format with another sample type. */
  public StreamFormat withType(SampleType other) {
    return new StreamFormat(sampleRate, channels, other, fftBlock);
  }

  /** The spectrum format of FFT blocks of this many frames; 0 returns to the time domain. */
  public StreamFormat withFftBlock(int block) {
    return new StreamFormat(sampleRate, channels, type, block);
  }
}
