package io.github.millrace.io.pcm;

/** How many frames are converted at a time. */
final class BlockSize {

  /** Samples of one block: as doubles they fill half of a 32 KiB first-level cache. */
  private static final int SAMPLES = 2048;

  /** Fewest frames, so that a copy per channel is worth its call. */
  private static final int LEAST_FRAMES = 16;

  private BlockSize() {}

  static int frames(int channels) {
    return Math.max(SAMPLES / channels, LEAST_FRAMES);
  }
}
