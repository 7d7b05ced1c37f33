package io.github.millrace.opencl;

/** Buffers on a device with memory of its own. */
class PinnedResidenceTest extends OpenClResidenceTest {

  @Override
  ClAccelerator.Staging staging() {
    return ClAccelerator.Staging.PINNED;
  }
}
