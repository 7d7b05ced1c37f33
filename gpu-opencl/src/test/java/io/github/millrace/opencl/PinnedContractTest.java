package io.github.millrace.opencl;

import io.github.millrace.backend.Backend;
import io.github.millrace.contract.BackendContract;
import java.util.Optional;

/**
 * The contract where samples travel, as on every device with memory of its own, in blocks so small
 * that one comes and one goes while another is filtered.
 */
class PinnedContractTest extends BackendContract {

  private static final long LARGEST_ALLOCATION = 256 << 10;

  @Override
  protected Backend backend() {
    return new OpenClBackend(
        device ->
            new CountingAccelerator(
                new ClAccelerator(device, ClAccelerator.Staging.PINNED),
                limits -> limits.withLargestAllocation(LARGEST_ALLOCATION)));
  }

  @Override
  protected int tile() {
    return 2048;
  }

  @Override
  protected Optional<String> absence() {
    return Drivers.absence();
  }
}
