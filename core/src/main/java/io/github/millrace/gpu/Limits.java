package io.github.millrace.gpu;

import io.github.millrace.signal.SampleType;

/**
 * What kernels must keep to on a device.
 *
 * @param computeUnits work-groups that truly run at once, at least
 * @param cpu whether a work-item is a turn of a loop rather than a lane
 * @param largestAllocation most bytes of one piece of memory
 * @param localBytes on-chip memory of a work-group
 * @param vectorBytes of one instruction of a work-item: more than a number's on a CPU
 */
public record Limits(
    int computeUnits, boolean cpu, long largestAllocation, long localBytes, int vectorBytes) {

  private static final int MOST_LANES = 16;

  /** What every CUDA device has for arrays whose size is known when a kernel is compiled. */
  private static final long CUDA_LOCAL_BYTES = 48 << 10;

  /**
   * The limits of CUDA devices: the same for all in what decides about kernels, which are compiled
   * before any device is known.
   *
   * @param multiprocessors of the device
   * @param memoryBytes of the device
   */
  public static Limits ofCuda(int multiprocessors, long memoryBytes) {
    return new Limits(multiprocessors, false, memoryBytes, CUDA_LOCAL_BYTES, Float.BYTES);
  }

  /** These limits with a smaller largest allocation. */
  public Limits withLargestAllocation(long bytes) {
    return new Limits(computeUnits, cpu, bytes, localBytes, vectorBytes);
  }

  /** Frames of the longest transform, a power of two of complex numbers, that fits the chip. */
  int longestTransform(SampleType type) {
    long numbers = Math.min(localBytes / (2L * type.bytes()), 1 << 30);
    return Integer.highestOneBit(Math.max(1, (int) numbers));
  }

  /** Numbers of a type that a work-item does best to treat at once. */
  int lanes(SampleType type) {
    return cpu ? Math.clamp(vectorBytes / type.bytes(), 1, MOST_LANES) : 1;
  }
}
