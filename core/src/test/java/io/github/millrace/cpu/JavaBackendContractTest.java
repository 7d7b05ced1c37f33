package io.github.millrace.cpu;

import io.github.millrace.backend.Backend;
import io.github.millrace.contract.BackendContract;
import java.util.Optional;

class JavaBackendContractTest extends BackendContract {

  @Override
  protected Backend backend() {
    return new JavaBackend();
  }

  @Override
  protected int tile() {
    return ChannelKernel.BLOCK;
  }

  @Override
  protected Optional<String> absence() {
    return Optional.empty();
  }
}
