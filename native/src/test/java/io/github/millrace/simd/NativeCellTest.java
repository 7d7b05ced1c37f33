package io.github.millrace.simd;

import io.github.millrace.backend.Backend;
import io.github.millrace.contract.CellContract;
import java.util.Optional;

/** Cells by the best variant. */
class NativeCellTest extends CellContract {

  @Override
  protected Backend backend() {
    return new NativeBackend(NativeLibrary::get, "");
  }

  @Override
  protected Optional<String> absence() {
    return NativeContract.missing();
  }
}
