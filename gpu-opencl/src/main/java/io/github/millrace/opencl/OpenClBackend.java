package io.github.millrace.opencl;

import io.github.millrace.backend.Backend;
import io.github.millrace.backend.Device;
import io.github.millrace.gpu.Accelerator;
import io.github.millrace.gpu.GpuDevice;
import io.github.millrace.gpu.Limits;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.Bits;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.stage.Stage;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** OpenCL devices; looks for them at the first question. */
public final class OpenClBackend implements Backend {

  /** The backend's name. */
  static final String NAME = "opencl";

  /** Of a device that is not of this machine: what OpenCL 1.2 promises for its work-groups. */
  private static final Limits LIMITS_ELSEWHERE =
      new Limits(1, false, Long.MAX_VALUE, 32 << 10, Float.BYTES);

  private final Function<ClDevice, Accelerator> opening;

  /** Made by the service loader; loads nothing yet. */
  public OpenClBackend() {
    this(device -> new ClAccelerator(device, ClAccelerator.Staging.of(device)));
  }

  /**
   * With drivers of one's own.
   *
   * @param opening opens a device
   */
  OpenClBackend(Function<ClDevice, Accelerator> opening) {
    this.opening = opening;
  }

  @Override
  public String name() {
    return NAME;
  }

  /** After Java: on a device that is the CPU itself, {@code auto} would lose by it. */
  @Override
  public int rank() {
    return 2000;
  }

  @Override
  public List<DeviceDescription> devices() {
    return ClDiscovery.machine().infos();
  }

  @Override
  public boolean isProcessor(DeviceDescription device) {
    return ClDiscovery.machine().device(device).map(found -> found.limits().cpu()).orElse(false);
  }

  @Override
  public Optional<String> refusal(Stage stage, DeviceDescription device, Precision precision) {
    Limits limits =
        ClDiscovery.machine().device(device).map(ClDevice::limits).orElse(LIMITS_ELSEWHERE);
    return GpuDevice.refusal(stage, device, limits, precision);
  }

  @Override
  public Optional<String> refusal(Stage stage, Bits bits) {
    return GpuDevice.refusal(stage, bits);
  }

  @Override
  public Device<?> open(DeviceDescription device, PlanOptions options) {
    ClDevice found =
        ClDiscovery.machine()
            .device(device)
            .orElseThrow(
                () -> new BackendException("opencl: " + device.name() + " is no longer there"));
    return new GpuDevice(opening.apply(found), options);
  }
}
