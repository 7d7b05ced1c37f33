package io.github.millrace.signal;

import java.util.Objects;

/**
 * Where the samples of a planar buffer lie: plane c starts at {@code c * strideBytes}, and its
 * frames follow each other.
 *
 * @param type sample type
 * @param planes number of planes, at least 1
 * @param frames samples per plane, at least 0
 * @param strideBytes distance between the starts of two planes, at least {@code frames} samples
 */
public record PlanarLayout(SampleType type, int planes, long frames, long strideBytes) {

  private static final long PLANE_ALIGNMENT = 128;
  private static final long PAGE = 4096;

  /** Checks the ranges. */
  public PlanarLayout {
    Objects.requireNonNull(type, "type");
    if (planes < 1) {
      throw new IllegalArgumentException("planes is " + planes + ", expected at least 1");
    }
    if (frames < 0) {
      throw new IllegalArgumentException("frames is " + frames + ", expected at least 0");
    }
    long least = Math.multiplyExact(frames, (long) type.bytes());
    if (strideBytes < least) {
      throw new IllegalArgumentException(
          "plane stride is " + strideBytes + " bytes, expected at least " + least);
    }
    Math.multiplyExact(strideBytes, (long) planes);
  }

  /** Planes that follow each other without a gap. */
  public static PlanarLayout packed(SampleType type, int planes, long frames) {
    return new PlanarLayout(type, planes, frames, frames * type.bytes());
  }

  /**
   * Planes aligned to 128 bytes whose stride is never a multiple of 4,096, so that the planes of
   * one frame do not fall on the same cache set.
   */
  public static PlanarLayout aligned(SampleType type, int planes, long frames) {
    long bytes = Math.multiplyExact(frames, (long) type.bytes());
    long stride = Math.addExact(bytes, PLANE_ALIGNMENT - 1) / PLANE_ALIGNMENT * PLANE_ALIGNMENT;
    if (stride % PAGE == 0) {
      stride += PLANE_ALIGNMENT;
    }
    return new PlanarLayout(type, planes, frames, stride);
  }

  /** Bytes from the first sample of the first plane to the last sample of the last. */
  public long byteSize() {
    return strideBytes * (planes - 1) + frames * type.bytes();
  }
}
