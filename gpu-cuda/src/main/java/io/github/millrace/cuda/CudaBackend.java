package io.github.millrace.cuda;

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
import io.github.millrace.signal.SampleType;
import io.github.millrace.stage.Stage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;

/** CUDA devices; looks for them at the first question. */
public final class CudaBackend implements Backend {

  /** The backend's name. */
  static final String NAME = "cuda";

  /**
   * Launches cost some 25 us whichever form runs, and a frame after a frame 0.06 to 0.15 us: with
   * one section and four, one channel and eight, float32 and float64, the forms met between 64 and
   * 136 frames (NVIDIA H200, driver 580, November 2026, {@code
   * bench/results/2026-11-26-h200-sweep.csv}).
   */
  private static final long THRESHOLD = 128;

  private final Supplier<CudaDiscovery> discovery;
  private final Function<CudaDevice, Accelerator> opening;

  /** Made by the service loader; loads nothing yet. */
  public CudaBackend() {
    this(CudaDiscovery::machine, CudaAccelerator::new);
  }

  /**
   * With a driver of one's own.
   *
   * @param opening opens a device
   */
  CudaBackend(Supplier<CudaDiscovery> discovery, Function<CudaDevice, Accelerator> opening) {
    this.discovery = discovery;
    this.opening = opening;
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Before OpenCL, which drives the same devices. */
  @Override
  public int rank() {
    return 1500;
  }

  @Override
  public OptionalLong shippedThreshold(SampleType arithmetic) {
    return OptionalLong.of(THRESHOLD);
  }

  @Override
  public List<DeviceDescription> devices() {
    return discovery.get().infos();
  }

  @Override
  public Optional<String> refusal(Stage stage, DeviceDescription device, Precision precision) {
    return GpuDevice.refusal(stage, device, Limits.ofCuda(1, device.memoryBytes()), precision);
  }

  @Override
  public Optional<String> refusal(Stage stage, Bits bits) {
    return GpuDevice.refusal(stage, bits);
  }

  @Override
  public Device<?> open(DeviceDescription device, PlanOptions options) {
    CudaDevice found =
        discovery
            .get()
            .device(device)
            .orElseThrow(
                () -> new BackendException("cuda: " + device.name() + " is no longer there"));
    return new GpuDevice(opening.apply(found), options);
  }
}
