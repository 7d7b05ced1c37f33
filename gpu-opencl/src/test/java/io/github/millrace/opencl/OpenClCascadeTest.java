package io.github.millrace.opencl;

import io.github.millrace.contract.CascadeContract;
import io.github.millrace.plan.Backend;
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
