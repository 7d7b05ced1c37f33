package io.github.millrace.opencl;

import io.github.millrace.backend.Backend;
import io.github.millrace.contract.ResidenceContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jocl.CL;
import org.jocl.cl_mem;

/** Buffers on a device that works in the host's memory. */
class OpenClResidenceTest extends ResidenceContract {

  private final List<CountingAccelerator> opened = new ArrayList<>();
  private final List<cl_mem> others = new ArrayList<>();

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
  protected long foreign(long bytes) {
    ClDiscovery machine = ClDiscovery.machine();
    ClContext context = ClContext.of(machine.device(machine.infos().getFirst()).orElseThrow());
    others.add(CL.clCreateBuffer(context.handle(), CL.CL_MEM_READ_WRITE, bytes, null, null));
    return others.getLast().getNativePointer();
  }

  @Override
  protected void free(long handle) {
    others.forEach(CL::clReleaseMemObject);
    others.clear();
  }

  @Override
  protected Optional<String> absence() {
    return Drivers.absence();
  }
}
