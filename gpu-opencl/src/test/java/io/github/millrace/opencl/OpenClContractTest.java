package io.github.millrace.opencl;

import io.github.millrace.backend.Backend;
import io.github.millrace.contract.BackendContract;
import java.util.Optional;

class OpenClContractTest extends BackendContract {

  @Override
  protected Backend backend() {
    return new OpenClBackend();
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
