package io.github.millrace.cpu;

import io.github.millrace.backend.Backend;
import io.github.millrace.contract.CellContract;
import java.util.Optional;

class JavaCellTest extends CellContract {

  @Override
  protected Backend backend() {
    return new JavaBackend();
  }

  @Override
  protected Optional<String> absence() {
    return Optional.empty();
  }
}
