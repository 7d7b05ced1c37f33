package io.github.millrace.run;

/**
 * What travelled between the host and a device with memory of its own.
 *
 * @param bytesUp samples to the device
 * @param bytesDown samples from it
 * @param overlaps whether blocks travelled both ways beside the kernels, and beside reading and
 *     writing; a signal of a single block has nothing to overlap with
 */
public record RunTraffic(long bytesUp, long bytesDown, boolean overlaps) {

  /** Of a device that works in the host's memory. */
  static final RunTraffic NONE = new RunTraffic(0, 0, false);
}
