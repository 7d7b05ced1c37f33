package io.github.millrace.io;

/** How frames and channels make the shape of an array. */
public enum ArrayShape {
  /** One dimension, (frames,), for one channel; else as {@link #FRAMES_CHANNELS}. */
  FRAMES,
  /** Two dimensions, time along the first. */
  FRAMES_CHANNELS,
  /** Two dimensions, time along the second. */
  CHANNELS_FRAMES
}
