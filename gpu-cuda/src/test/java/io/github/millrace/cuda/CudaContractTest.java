package io.github.millrace.cuda;

import io.github.millrace.backend.Backend;
import io.github.millrace.contract.BackendContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The contract on the machine's own devices, where it has one. */
class CudaContractTest extends BackendContract {

  @Override
  protected Backend backend() {
    return new CudaBackend();
  }

  @Override
  protected int tile() {
    return 2048;
  }

  @Override
  protected Optional<String> absence() {
    return noDevice();
  }

  /** The kernel's driver makes a file for each device. */
  static Optional<String> noDevice() {
    return Files.exists(Path.of("/dev/nvidia0")) || Files.exists(Path.of("/dev/dxg"))
        ? Optional.empty()
        : Optional.of("no /dev/nvidia0");
  }
}
