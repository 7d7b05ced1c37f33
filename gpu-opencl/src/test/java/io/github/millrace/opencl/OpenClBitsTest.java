package io.github.millrace.opencl;

import io.github.millrace.backend.Backend;
import io.github.millrace.contract.BitsContract;
import java.util.Optional;

class OpenClBitsTest extends BitsContract {

  @Override
  protected Backend backend() {
    return new OpenClBackend();
  }

  @Override
  protected Optional<String> absence() {
    return Drivers.absence();
  }
}
