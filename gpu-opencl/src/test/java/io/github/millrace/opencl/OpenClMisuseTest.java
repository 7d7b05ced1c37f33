package io.github.millrace.opencl;

import io.github.millrace.backend.Backend;
import io.github.millrace.contract.MisuseContract;
import java.util.Optional;

class OpenClMisuseTest extends MisuseContract {

  @Override
  protected Backend backend() {
    return new OpenClBackend();
  }

  @Override
  protected boolean runsCustomStages() {
    return false;
  }

  @Override
  protected Optional<String> absence() {
    return Drivers.absence();
  }
}
