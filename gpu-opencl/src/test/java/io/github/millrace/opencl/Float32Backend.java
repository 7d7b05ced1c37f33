package io.github.millrace.opencl;

import io.github.millrace.backend.Backend;
import io.github.millrace.backend.Device;
import io.github.millrace.gpu.Accelerator;
import io.github.millrace.gpu.GpuDevice;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.stage.Stage;
import java.util.List;
import java.util.Optional;

/** The first OpenCL device, as if it had no float64 arithmetic. */
final class Float32Backend implements Backend {

  CountingAccelerator counter;

  @Override
  public String name() {
    return OpenClBackend.NAME;
  }

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public List<DeviceDescription> devices() {
    return List.of(withoutFloat64(device().info()));
  }

  private static ClDevice device() {
    return ClDiscovery.machine().device(new OpenClBackend().devices().getFirst()).orElseThrow();
  }

  private static DeviceDescription withoutFloat64(DeviceDescription info) {
    return new DeviceDescription(
        info.backend(),
        info.index(),
        info.name(),
        info.available(),
        info.reason(),
        info.memoryBytes(),
        false,
        info.driver());
  }

  @Override
  public Optional<String> refusal(Stage stage, DeviceDescription device, Precision precision) {
    return GpuDevice.refusal(stage, device, device().limits(), precision);
  }

  @Override
  public Device<?> open(DeviceDescription device, PlanOptions options) {
    Accelerator accelerator = new ClAccelerator(device(), ClAccelerator.Staging.SHARED);
    counter = new CountingAccelerator(accelerator, limits -> limits);
    counter.info = device;
    return new GpuDevice(counter, options);
  }
}
