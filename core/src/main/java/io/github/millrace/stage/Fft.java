package io.github.millrace.stage;

import io.github.millrace.signal.StreamFormat;

/**
 * The spectrum of each block of frames, as SciPy's {@code rfft}: unnormalised, {@code block / 2 +
 * 1} bins, a plane of real and a plane of imaginary parts per channel. A last partial block is
 * padded with zeros at flush.
 *
 * <p>State: shape [channels][block], the frames of the block not yet complete, oldest first, then
 * zeros; the position is how many they are.
 *
 * @param block frames per block, at least 1
 */
public record Fft(int block) implements Stage {

  /** Largest block. */
  public static final int LARGEST_BLOCK = 1 << 26;

  /** Checks the range. */
  public Fft {
    if (block < 1 || block > LARGEST_BLOCK) {
      throw new IllegalArgumentException(
          "FFT block is " + block + " frames, expected 1 to " + LARGEST_BLOCK);
    }
  }

  @Override
  public StreamFormat output(StreamFormat in) {
    return Stage.requireTime(this, in).withFftBlock(block);
  }

  @Override
  public String describe() {
    return "FFT of " + block + " frames";
  }
}
