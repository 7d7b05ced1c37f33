package io.github.millrace.gpu;

import io.github.millrace.plan.DeviceDescription;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * A driver of one device: memory, copies, and kernels of the folder {@code kernels}. Launches run
 * in the order given. One thread at a time, except that {@link #toDevice}, {@link #toHost} and all
 * the rest may be called by three threads at once, on different memory.
 *
 * <p>Every method throws {@link io.github.millrace.plan.BackendException} where the device fails;
 * the message names the device, the call and the driver's error.
 */
public interface Accelerator extends AutoCloseable {

  /** What the device is. */
  DeviceDescription info();

  /** What kernels must keep to. */
  Limits limits();

  /**
   * Memory that only the device sees, its contents unknown.
   *
   * @param bytes at least 1
   */
  DeviceMemory allocate(long bytes);

  /**
   * Memory with a host side; what either side holds is unknown.
   *
   * @param bytes at least 1
   */
  DeviceMemory staging(long bytes);

  /**
   * The first bytes of the caller's memory as the device's, without a copy. A refusal allocates
   * nothing.
   *
   * @param host memory that stays alive until the result is closed or used no more
   * @return empty where the device cannot reach this memory
   */
  Optional<DeviceMemory> wrap(MemorySegment host, long bytes);

  /**
   * Whether the device works in the host's memory; if not, samples travel, and {@link #wrap} is
   * never asked.
   */
  boolean sharesMemory();

  /**
   * Makes the first bytes of the host side readable by launches to come; when it returns, the host
   * side may change.
   */
  void toDevice(DeviceMemory memory, long bytes);

  /** Makes the first bytes that finished launches wrote readable on the host side. */
  void toHost(DeviceMemory memory, long bytes);

  /**
   * Memory of the host that samples leave and reach quickest.
   *
   * @return at least so many bytes of zeros, on a page boundary; freed with the arena
   */
  default MemorySegment hostMemory(Arena arena, long bytes) {
    return arena.allocate(bytes, 4096);
  }

  /**
   * Like {@link #toDevice} from the buffer that a block is bound to, without a stop in the block's
   * own memory, if the buffer's memory allows that.
   *
   * @return false where it does not, and nothing was done
   */
  default boolean uploadDirect(GpuBlock block, long frames) {
    return false;
  }

  /**
   * Like {@link #toHost} to the buffer that a block is bound to, without a stop in the block's own
   * memory, if the buffer's memory allows that.
   *
   * @return false where it does not, and nothing was done
   */
  default boolean downloadDirect(GpuBlock block, long frames) {
    return false;
  }

  /**
   * Copies a piece of native memory to a place in the device's, at once and whatever is remembered,
   * and waits. Beside the three threads, one more each way.
   *
   * @param at bytes from the start of {@code to}
   */
  void write(DeviceMemory to, long at, MemorySegment from);

  /** Fills a piece of native memory from a place in the device's; else as {@link #write}. */
  void read(DeviceMemory from, long at, MemorySegment to);

  /**
   * Memory of this device that another library owns; closing it frees nothing of the owner's.
   *
   * @param handle the driver's, for it
   * @throws IllegalArgumentException if there is none of so many bytes
   */
  DeviceMemory adopt(long handle, long bytes);

  /** The driver's handle of the context of all memory and launches. */
  long context();

  /** Whether kernels may be given this memory, which another driver object of the kind gave. */
  boolean reaches(DeviceMemory memory);

  /** Copies the first bytes from one memory of the device to another, in turn with launches. */
  void copy(DeviceMemory from, DeviceMemory to, long bytes);

  /**
   * A function of a compiled kernel file.
   *
   * @throws io.github.millrace.plan.BackendException with the compiler's words where it does not
   *     compile
   */
  DeviceFunction function(KernelSource source, String name);

  /**
   * Remembers copies and launches from here to the next {@link #toHost} or {@link #replay}, which
   * does them all; what was remembered before in the same way may then take one call. Meanwhile
   * {@link #finish} does nothing, and host sides stay as they are.
   */
  default void record() {}

  /** Does what was remembered, and waits. */
  default void replay() {}

  /** Forgets what was remembered and not done. */
  default void abandon() {}

  /** Waits for all launches. */
  void finish();

  /** Frees all that came from here; closing twice is harmless. */
  @Override
  void close();
}
