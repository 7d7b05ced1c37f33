package io.github.millrace.plan;

/**
 * What a backend knows of one device, present or not.
 *
 * @param backend name of the backend: {@code java}, {@code native}, {@code opencl}, {@code cuda}
 * @param index position among the backend's devices
 * @param name the device's own name
 * @param available whether a plan can run on it
 * @param reason why not; empty where available
 * @param memoryBytes memory that plans can use; 0 where unknown
 * @param fp64 whether it computes in float64
 * @param driver name and version of what drives it
 */
public record DeviceDescription(
    String backend,
    int index,
    String name,
    boolean available,
    String reason,
    long memoryBytes,
    boolean fp64,
    String driver) {

  /** A backend without any device here. */
  public static DeviceDescription absent(String backend, String reason) {
    return new DeviceDescription(backend, 0, "none", false, reason, 0, false, "none");
  }
}
