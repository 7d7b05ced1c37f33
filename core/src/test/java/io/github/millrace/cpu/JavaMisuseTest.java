package io.github.millrace.cpu;

import io.github.millrace.backend.Backend;
import io.github.millrace.contract.MisuseContract;
import java.util.Optional;

class JavaMisuseTest extends MisuseContract {

  @Override
  protected Backend backend() {
    return new JavaBackend();
  }

  @Override
  protected Optional<String> absence() {
    return Optional.empty();
  }
}
