package io.github.millrace.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.millrace.backend.Backend;
import io.github.millrace.contract.ResidenceContract;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/** Buffers in the memory of the CUDA driver without a device. */
class FakeDriverResidenceTest extends ResidenceContract {

  @Override
  protected Backend backend() {
    return new FakeDriverContractTest().backend();
  }

  @Override
  protected long copies() {
    FakeDriver driver = FakeDriver.asItIs();
    return driver.count("cuMemcpyHtoDAsync_v2") + driver.count("cuMemcpyDtoHAsync_v2");
  }

  @Override
  protected long foreign(long bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(ValueLayout.JAVA_LONG);
      CudaDriver driver = CudaDriver.load(FakeDriver.asItIs().library().toString());
      assertEquals(0, driver.call(CudaCall.ALLOCATE, out.address(), bytes));
      return out.get(ValueLayout.JAVA_LONG, 0);
    }
  }

  @Override
  protected void free(long handle) {
    CudaDriver driver = CudaDriver.load(FakeDriver.asItIs().library().toString());
    assertEquals(0, driver.call(CudaCall.FREE, handle));
  }

  @Override
  protected Optional<String> absence() {
    return FakeDriver.absence();
  }
}
