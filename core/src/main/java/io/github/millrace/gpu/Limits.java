package io.github.millrace.gpu;

/**
 * What kernels must keep to on a device.
 *
 * @param computeUnits work-groups that truly run at once, at least
 * @param cpu whether a work-item is a turn of a loop rather than a lane
 * @param largestAllocation most bytes of one piece of memory
 * @param localBytes on-chip memory of a work-group
 * @param largestGroup most work-items of a work-group
 */
public record Limits(
    int computeUnits, boolean cpu, long largestAllocation, long localBytes, int largestGroup) {

  /** These limits with a smaller largest allocation. */
  public Limits withLargestAllocation(long bytes) {
    return new Limits(computeUnits, cpu, bytes, localBytes, largestGroup);
  }
}
