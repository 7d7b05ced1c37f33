package io.github.millrace.cuda;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.github.millrace.host.SignalDispositions;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.DeviceDescription;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Every CUDA device, found at the first question; never throws. */
final class CudaDiscovery {

  /** The devices of this machine, asked once. */
  private static final class Once {
    static final CudaDiscovery MACHINE =
        new CudaDiscovery(System.getProperty(CudaDriver.SWITCH, ""));
  }

  private final List<CudaDevice> devices = new ArrayList<>();
  private final List<DeviceDescription> infos = new ArrayList<>();

  /**
   * Looks.
   *
   * @param choice of a driver, as {@link CudaDriver#load} takes it
   */
  CudaDiscovery(String choice) {
    try (var _ = SignalDispositions.keepWatched()) {
      look(CudaDriver.load(choice));
    } catch (BackendException e) {
      infos.add(DeviceDescription.absent(CudaBackend.NAME, e.getMessage()));
    }
    if (infos.isEmpty()) {
      infos.add(DeviceDescription.absent(CudaBackend.NAME, "a CUDA driver is here, but no device"));
    }
  }

  private void look(CudaDriver driver) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment count = arena.allocate(JAVA_INT);
      int code = driver.call(CudaCall.DEVICE_COUNT, count.address());
      if (code != 0) {
        throw new BackendException("cuDeviceGetCount failed: " + driver.describe(code));
      }
      for (int i = 0; i < count.get(JAVA_INT, 0); i++) {
        look(driver, i);
      }
    }
  }

  /** One device that fails does not hide the others. */
  private void look(CudaDriver driver, int index) {
    try {
      CudaDevice device = new CudaDevice(driver, index);
      devices.add(device);
      infos.add(device.info());
    } catch (BackendException e) {
      infos.add(
          DeviceDescription.absent(CudaBackend.NAME, "device " + index + ": " + e.getMessage()));
    }
  }

  /** The devices of this machine. */
  static CudaDiscovery machine() {
    return Once.MACHINE;
  }

  /** What was found, or why nothing was; never empty. */
  List<DeviceDescription> infos() {
    return List.copyOf(infos);
  }

  /** The device that was found under this description. */
  Optional<CudaDevice> device(DeviceDescription info) {
    return devices.stream().filter(device -> device.info().equals(info)).findFirst();
  }
}
