package io.github.millrace.cuda;

import io.github.millrace.backend.Backend;
import io.github.millrace.contract.CascadeContract;
import java.util.Optional;

/** Long cascades on a driver without a device, which computes with the kernels as plain C. */
class FakeDriverCascadeTest extends CascadeContract {

  @Override
  protected Backend backend() {
    return FakeDriver.get().backend();
  }

  @Override
  protected Optional<String> absence() {
    return FakeDriver.absence();
  }
}
