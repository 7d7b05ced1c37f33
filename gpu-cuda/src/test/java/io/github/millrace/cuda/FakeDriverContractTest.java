package io.github.millrace.cuda;

import io.github.millrace.backend.Backend;
import io.github.millrace.contract.BackendContract;
import java.util.Optional;

/** The backend on a driver without a device, which computes with the kernels as plain C. */
class FakeDriverContractTest extends BackendContract {

  private static final CudaBackend BACKEND =
      absent().isEmpty()
          ? FakeDriver.get().backend()
          : new CudaBackend(() -> new CudaDiscovery("off"), CudaAccelerator::new);

  private static Optional<String> absent() {
    return FakeDriver.absence();
  }

  @Override
  protected Backend backend() {
    return BACKEND;
  }

  @Override
  protected int tile() {
    return 2048;
  }

  @Override
  protected Optional<String> absence() {
    return absent();
  }
}
