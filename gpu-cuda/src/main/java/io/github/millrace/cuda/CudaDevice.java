package io.github.millrace.cuda;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.millrace.gpu.Limits;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.DeviceDescription;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;

/** One CUDA device, what it says of itself, and its context while plans need it. Any thread. */
final class CudaDevice {

  private static final int MULTIPROCESSORS = 16;
  private static final int COMPUTE_MODE = 20;
  private static final int CAPABILITY_MAJOR = 75;
  private static final int CAPABILITY_MINOR = 76;
  private static final int PROHIBITED = 2;

  private static final int NAME_BYTES = 256;
  private static final int UUID_BYTES = 16;

  /** Compute capability 7.5, for which the PTX of the jar is. */
  private static final int OLDEST = 75;

  private final CudaDriver driver;
  private final int handle;
  private final DeviceDescription info;
  private final Limits limits;
  private CudaContext context;

  /** Asks the device at this index. */
  CudaDevice(CudaDriver driver, int index) {
    this.driver = driver;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment out = arena.allocate(NAME_BYTES, Long.BYTES);
      require(driver.call(CudaCall.DEVICE, out.address(), index), "cuDeviceGet " + index);
      handle = out.get(JAVA_INT, 0);
      require(driver.call(CudaCall.DEVICE_MEMORY, out.address(), handle), "cuDeviceTotalMem");
      long memory = out.get(JAVA_LONG, 0);
      int capability = 10 * attribute(out, CAPABILITY_MAJOR) + attribute(out, CAPABILITY_MINOR);
      String reason = reason(capability, attribute(out, COMPUTE_MODE));
      limits = Limits.ofCuda(attribute(out, MULTIPROCESSORS), memory);
      require(
          driver.call(CudaCall.DEVICE_NAME, out.address(), NAME_BYTES, handle), "cuDeviceGetName");
      String name = out.getString(0);
      String about =
          "CUDA "
              + driver.versionText()
              + ", compute capability "
              + text(capability)
              + ", "
              + uuid(out);
      info =
          new DeviceDescription(
              CudaBackend.NAME, index, name, reason.isEmpty(), reason, memory, true, about);
    }
  }

  private int attribute(MemorySegment out, int attribute) {
    require(
        driver.call(CudaCall.DEVICE_ATTRIBUTE, out.address(), attribute, handle),
        "cuDeviceGetAttribute " + attribute);
    return out.get(JAVA_INT, 0);
  }

  private static String reason(int capability, int mode) {
    if (capability < OLDEST) {
      return "compute capability " + text(capability) + ", expected at least " + text(OLDEST);
    }
    return mode == PROHIBITED ? "its compute mode is prohibited" : "";
  }

  private static String text(int capability) {
    return capability / 10 + "." + capability % 10;
  }

  /** As the driver's own tools write it. */
  private String uuid(MemorySegment out) {
    require(driver.call(CudaCall.DEVICE_UUID, out.address(), handle), "cuDeviceGetUuid");
    byte[] bytes = out.asSlice(0, UUID_BYTES).toArray(JAVA_BYTE);
    return "GPU-"
        + HexFormat.of()
            .formatHex(bytes)
            .replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
  }

  private void require(int code, String call) {
    if (code != 0) {
      throw new BackendException(call + " failed: " + driver.describe(code));
    }
  }

  /** What drives it. */
  CudaDriver driver() {
    return driver;
  }

  /** The driver's handle. */
  int handle() {
    return handle;
  }

  /** For people and the planner. */
  DeviceDescription info() {
    return info;
  }

  /** For kernels. */
  Limits limits() {
    return limits;
  }

  /**
   * The context with its modules, one for all plans; after an error that it does not survive, a new
   * one.
   */
  synchronized CudaContext context() {
    if (context == null || context.isLost()) {
      context = new CudaContext(this);
    }
    context.enter();
    return context;
  }

  /** What to throw where a call failed. */
  BackendException failure(String call, int code) {
    return new BackendException(
        "CUDA device " + info.name() + ": " + call + " failed: " + driver.describe(code));
  }
}
