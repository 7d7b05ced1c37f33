package io.github.millrace.simd;

import io.github.millrace.backend.Backend;
import io.github.millrace.contract.MisuseContract;
import java.util.Optional;

class NativeMisuseTest extends MisuseContract {

  @Override
  protected Backend backend() {
    return new NativeBackend();
  }

  @Override
  protected Optional<String> absence() {
    return new Sse2ContractTest().absence();
  }
}
