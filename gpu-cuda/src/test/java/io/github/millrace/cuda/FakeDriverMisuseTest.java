package io.github.millrace.cuda;

import io.github.millrace.backend.Backend;
import io.github.millrace.contract.MisuseContract;
import java.util.Optional;

/** On a driver without a device, which computes with the kernels as plain C. */
class FakeDriverMisuseTest extends MisuseContract {

  @Override
  protected Backend backend() {
    return new FakeDriverContractTest().backend();
  }

  @Override
  protected Optional<String> absence() {
    return FakeDriver.absence();
  }
}
