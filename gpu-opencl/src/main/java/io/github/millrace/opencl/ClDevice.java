package io.github.millrace.opencl;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.jocl.CL.CL_DEVICE_AVAILABLE;
import static org.jocl.CL.CL_DEVICE_COMPILER_AVAILABLE;
import static org.jocl.CL.CL_DEVICE_EXTENSIONS;
import static org.jocl.CL.CL_DEVICE_GLOBAL_MEM_SIZE;
import static org.jocl.CL.CL_DEVICE_HOST_UNIFIED_MEMORY;
import static org.jocl.CL.CL_DEVICE_LOCAL_MEM_SIZE;
import static org.jocl.CL.CL_DEVICE_MAX_COMPUTE_UNITS;
import static org.jocl.CL.CL_DEVICE_MAX_MEM_ALLOC_SIZE;
import static org.jocl.CL.CL_DEVICE_MEM_BASE_ADDR_ALIGN;
import static org.jocl.CL.CL_DEVICE_NAME;
import static org.jocl.CL.CL_DEVICE_PREFERRED_VECTOR_WIDTH_FLOAT;
import static org.jocl.CL.CL_DEVICE_TYPE;
import static org.jocl.CL.CL_DEVICE_TYPE_CPU;
import static org.jocl.CL.CL_DEVICE_VENDOR;
import static org.jocl.CL.CL_DEVICE_VERSION;
import static org.jocl.CL.CL_DRIVER_VERSION;
import static org.jocl.CL.CL_PLATFORM_NAME;
import static org.jocl.CL.CL_PLATFORM_VERSION;
import static org.jocl.CL.clGetDeviceInfo;
import static org.jocl.CL.clGetPlatformInfo;

import io.github.millrace.gpu.Limits;
import io.github.millrace.plan.DeviceDescription;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jocl.Pointer;
import org.jocl.cl_device_id;
import org.jocl.cl_platform_id;

/**
 * One OpenCL device and what it says of itself.
 *
 * @param id the driver's handle
 * @param platform its platform's handle
 * @param info for people and the planner
 * @param limits for kernels
 * @param sharesMemory whether it works in the host's memory
 * @param alignment bytes to which memory must be aligned for it to do so
 */
record ClDevice(
    cl_device_id id,
    cl_platform_id platform,
    DeviceDescription info,
    Limits limits,
    boolean sharesMemory,
    long alignment) {

  private static final long PAGE = 4096;
  private static final long CACHE_LINE = 64;

  /** Asks a device. */
  @SuppressWarnings("deprecation") // what replaced the question is not in OpenCL 1.2
  static ClDevice of(cl_platform_id platform, cl_device_id id, int index) {
    boolean cpu = (number(id, CL_DEVICE_TYPE) & CL_DEVICE_TYPE_CPU) != 0;
    Limits limits =
        new Limits(
            (int) number(id, CL_DEVICE_MAX_COMPUTE_UNITS),
            cpu,
            number(id, CL_DEVICE_MAX_MEM_ALLOC_SIZE),
            number(id, CL_DEVICE_LOCAL_MEM_SIZE),
            Float.BYTES * (int) number(id, CL_DEVICE_PREFERRED_VECTOR_WIDTH_FLOAT));
    return new ClDevice(
        id,
        platform,
        info(platform, id, index),
        limits,
        number(id, CL_DEVICE_HOST_UNIFIED_MEMORY) != 0,
        Math.max(1, number(id, CL_DEVICE_MEM_BASE_ADDR_ALIGN) / 8));
  }

  private static DeviceDescription info(cl_platform_id platform, cl_device_id id, int index) {
    String reason = "";
    if (number(id, CL_DEVICE_AVAILABLE) == 0) {
      reason = "its driver says that it is not available";
    } else if (number(id, CL_DEVICE_COMPILER_AVAILABLE) == 0) {
      reason = "its driver has no compiler for kernels";
    }
    return new DeviceDescription(
        OpenClBackend.NAME,
        index,
        text(id, CL_DEVICE_NAME),
        reason.isEmpty(),
        reason,
        number(id, CL_DEVICE_GLOBAL_MEM_SIZE),
        (" " + text(id, CL_DEVICE_EXTENSIONS) + " ").contains(" cl_khr_fp64 "),
        text(platform, CL_PLATFORM_NAME) + ", driver " + text(id, CL_DRIVER_VERSION));
  }

  /**
   * Whether the device works in memory of the host at this place. Elsewhere a driver may keep a
   * copy of its own and carry all of it over with every block; those of graphics processors want
   * whole pages and cache lines.
   */
  boolean reaches(long address, long bytes) {
    return limits.cpu()
        ? address % alignment == 0
        : address % Math.max(PAGE, alignment) == 0 && bytes % CACHE_LINE == 0;
  }

  /** All that tells one build of a program from another. */
  String identity() {
    return String.join(
        "\n",
        text(platform, CL_PLATFORM_NAME),
        text(platform, CL_PLATFORM_VERSION),
        text(id, CL_DEVICE_VENDOR),
        text(id, CL_DEVICE_NAME),
        text(id, CL_DEVICE_VERSION),
        text(id, CL_DRIVER_VERSION));
  }

  /** A device's property of up to eight bytes. */
  private static long number(cl_device_id id, int what) {
    ByteBuffer bytes = ByteBuffer.allocateDirect(Long.BYTES).order(ByteOrder.nativeOrder());
    long[] size = new long[1];
    clGetDeviceInfo(id, what, Long.BYTES, Pointer.to(bytes), size);
    return size[0] == Integer.BYTES ? Integer.toUnsignedLong(bytes.getInt(0)) : bytes.getLong(0);
  }

  private static String text(cl_device_id id, int what) {
    long[] size = new long[1];
    clGetDeviceInfo(id, what, 0, null, size);
    byte[] bytes = new byte[(int) size[0]];
    clGetDeviceInfo(id, what, bytes.length, Pointer.to(bytes), null);
    return string(bytes);
  }

  /** A platform's property. */
  static String text(cl_platform_id id, int what) {
    long[] size = new long[1];
    clGetPlatformInfo(id, what, 0, null, size);
    byte[] bytes = new byte[(int) size[0]];
    clGetPlatformInfo(id, what, bytes.length, Pointer.to(bytes), null);
    return string(bytes);
  }

  /** A C string. */
  private static String string(byte[] bytes) {
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] == 0) {
      end--;
    }
    return new String(bytes, 0, end, UTF_8).strip();
  }
}
