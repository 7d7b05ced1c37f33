package io.github.millrace.opencl;

import io.github.millrace.backend.Backend;
import io.github.millrace.contract.ResidenceContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Buffers on a device that works in the host's memory. */
class OpenClResidenceTest extends ResidenceContract {

  private final List<CountingAccelerator> opened = new ArrayList<>();

  /** How samples come to the device. */
  ClAccelerator.Staging staging() {
    return ClAccelerator.Staging.SHARED;
  }

  @Override
  protected Backend backend() {
    return new OpenClBackend(
        device -> {
          opened.add(new CountingAccelerator(new ClAccelerator(device, staging()), same -> same));
          return opened.getLast();
        });
  }

  @Override
  protected long copies() {
    return opened.stream().mapToLong(counting -> counting.uploads + counting.downloads).sum();
  }

  @Override
  protected Optional<String> absence() {
    return Drivers.absence();
  }
}
