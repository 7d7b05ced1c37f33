package io.github.millrace.cuda;

import io.github.millrace.backend.Backend;
import io.github.millrace.contract.CascadeContract;
import java.util.Optional;

class CudaCascadeTest extends CascadeContract {

  @Override
  protected Backend backend() {
    return new CudaBackend();
  }

  @Override
  protected Optional<String> absence() {
    return CudaContractTest.noDevice();
  }
}
