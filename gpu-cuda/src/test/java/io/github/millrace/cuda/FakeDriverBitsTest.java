package io.github.millrace.cuda;

import io.github.millrace.backend.Backend;
import io.github.millrace.contract.BitsContract;
import java.util.Optional;

/** The promises on a driver without a device, which computes with the kernels as plain C. */
class FakeDriverBitsTest extends BitsContract {

  @Override
  protected Backend backend() {
    return FakeDriver.get().backend();
  }

  @Override
  protected Optional<String> absence() {
    return FakeDriver.absence();
  }
}
