package io.github.millrace.gpu;

import io.github.millrace.signal.SignalBuffer;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/**
 * The caller's buffers that a device was last given to reach without a copy: a buffer seen again
 * costs nothing. Memory that a use does not hold is never wrapped: its arena may be closed while
 * the device is at work, or the same address be another page the next time.
 */
final class HostWraps implements AutoCloseable {

  private static final int MOST = 8;

  private final Accelerator accelerator;
  private final MemorySegment.Scope[] scopes = new MemorySegment.Scope[MOST];
  private final DeviceMemory[] wraps = new DeviceMemory[MOST];
  private int next;

  HostWraps(Accelerator accelerator) {
    this.accelerator = accelerator;
  }

  /**
   * The buffer as the device's memory.
   *
   * @param busy memory in use that no other wrap may meet, or null
   * @return null where samples must be copied
   */
  DeviceMemory find(SignalBuffer buffer, DeviceMemory busy) {
    MemorySegment segment = buffer.segment();
    long bytes = buffer.layout().byteSize();
    if (!buffer.isHeldByUse()
        || bytes == 0
        || buffer.layout().strideBytes() % buffer.type().bytes() != 0) {
      return null;
    }
    for (int i = 0; i < MOST; i++) {
      if (wraps[i] != null && isSame(i, segment, bytes)) {
        return wraps[i].equals(busy) || !meets(busy, segment, bytes) ? wraps[i] : null;
      }
    }
    return meets(busy, segment, bytes) ? null : add(segment, bytes, busy);
  }

  private boolean isSame(int i, MemorySegment segment, long bytes) {
    return scopes[i].equals(segment.scope())
        && wraps[i].host().address() == segment.address()
        && wraps[i].bytes() == bytes;
  }

  private static boolean meets(DeviceMemory wrap, MemorySegment segment, long bytes) {
    if (wrap == null) {
      return false;
    }
    long distance = segment.address() - wrap.host().address();
    return distance < wrap.bytes() && -distance < bytes;
  }

  private DeviceMemory add(MemorySegment segment, long bytes, DeviceMemory busy) {
    Optional<DeviceMemory> wrap = accelerator.wrap(segment, bytes);
    if (wrap.isEmpty()) {
      return null;
    }
    for (int i = 0; i < MOST; i++) {
      if (wraps[i] != null && meets(wraps[i], segment, bytes)) {
        drop(i);
      }
    }
    next = wraps[next] != null && wraps[next].equals(busy) ? (next + 1) % MOST : next;
    drop(next);
    scopes[next] = segment.scope();
    wraps[next] = wrap.get();
    next = (next + 1) % MOST;
    return wrap.get();
  }

  private void drop(int i) {
    if (wraps[i] != null) {
      wraps[i].close();
      wraps[i] = null;
      scopes[i] = null;
    }
  }

  @Override
  public void close() {
    for (int i = 0; i < MOST; i++) {
      drop(i);
    }
  }
}
