package io.github.millrace.cuda;

import io.github.millrace.backend.Backend;
import io.github.millrace.contract.ResidenceContract;
import java.util.Optional;

/** Buffers in the memory of the CUDA driver without a device. */
class FakeDriverResidenceTest extends ResidenceContract {

  @Override
  protected Backend backend() {
    return new FakeDriverContractTest().backend();
  }

  @Override
  protected long copies() {
    FakeDriver driver = FakeDriver.asItIs();
    return driver.count("cuMemcpyHtoDAsync_v2") + driver.count("cuMemcpyDtoHAsync_v2");
  }

  @Override
  protected Optional<String> absence() {
    return FakeDriver.absence();
  }
}
