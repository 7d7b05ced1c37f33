package io.github.millrace.opencl;

import io.github.millrace.backend.Backend;
import io.github.millrace.contract.CascadeContract;
import java.util.Optional;

class OpenClCascadeTest extends CascadeContract {

  @Override
  protected Backend backend() {
    return new OpenClBackend();
  }

  @Override
  protected Optional<String> absence() {
    return Drivers.absence();
  }
}
