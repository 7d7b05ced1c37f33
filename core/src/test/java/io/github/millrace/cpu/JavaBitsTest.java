package io.github.millrace.cpu;

import io.github.millrace.backend.Backend;
import io.github.millrace.contract.BitsContract;
import java.util.Optional;

class JavaBitsTest extends BitsContract {

  @Override
  protected Backend backend() {
    return new JavaBackend();
  }

  @Override
  protected Optional<String> absence() {
    return Optional.empty();
  }
}
