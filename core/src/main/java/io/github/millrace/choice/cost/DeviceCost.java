package io.github.millrace.choice.cost;

import java.util.Optional;

/**
 * What a device costs beside its kernels.
 *
 * @param startNanos what the first plan of a process costs beyond the next
 * @param callNanos of every forward
 * @param blockBytes the most bytes that chains walk through at a time; on a CPU a thread's share
 * @param up from the caller's memory to the device's; empty where they are one
 * @param down back
 */
public record DeviceCost(
    double startNanos,
    double callNanos,
    double blockBytes,
    Optional<Transfer> up,
    Optional<Transfer> down) {

  /**
   * A way of samples.
   *
   * @param overheadNanos of every block
   * @param byteNanos of every byte
   */
  public record Transfer(double overheadNanos, double byteNanos) {

    /** The time of so many blocks of so many bytes in all, in nanoseconds. */
    double nanos(double blocks, double bytes) {
      return blocks * overheadNanos + bytes * byteNanos;
    }
  }
}
