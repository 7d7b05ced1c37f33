package io.github.millrace.cuda;

import io.github.millrace.contract.CascadeContract;
import io.github.millrace.plan.Backend;
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
