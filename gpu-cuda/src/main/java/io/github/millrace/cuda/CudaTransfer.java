package io.github.millrace.cuda;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Copies between any memory of the host and the device's, in one direction, and waits: straight
 * where the host's is pinned, else through a pinned piece, since the driver may read memory that is
 * not only after its owner has freed it. Any thread; one at a time goes, the others wait.
 */
final class CudaTransfer {

  /** At 4 MiB a copy reached nine tenths of the link (NVIDIA H200, PCIe 5, November 2026). */
  private static final long PIECE = 4 << 20;

  private final CudaContext context;
  private final long stream;
  private final boolean up;
  private MemorySegment piece = MemorySegment.NULL;

  /**
   * Copies on a stream.
   *
   * @param up to the device, or from it
   */
  CudaTransfer(CudaContext context, long stream, boolean up) {
    this.context = context;
    this.stream = stream;
    this.up = up;
  }

  /** Copies all of a piece of native memory, which is held meanwhile. */
  synchronized void copy(MemorySegment host, long device) {
    context.makeCurrent();
    if (context.pinned().holds(host)) {
      travel(host.address(), device, host.byteSize());
      return;
    }
    MemorySegment pinned = piece();
    long count;
    for (long done = 0; done < host.byteSize(); done += count) {
      count = Math.min(PIECE, host.byteSize() - done);
      if (up) {
        MemorySegment.copy(host, done, pinned, 0, count);
      }
      travel(pinned.address(), device + done, count);
      if (!up) {
        MemorySegment.copy(pinned, 0, host, done, count);
      }
    }
  }

  /** Copies between pinned memory and the device's, for the thread whose context is current. */
  void travel(long host, long device, long bytes) {
    CudaDriver driver = context.driver();
    if (up) {
      context.check(driver.copyToDevice(device, host, bytes, stream), "cuMemcpyHtoDAsync");
    } else {
      context.check(driver.copyToHost(host, device, bytes, stream), "cuMemcpyDtoHAsync");
    }
    context.check(driver.synchronize(stream), "cuStreamSynchronize after a copy");
  }

  @SuppressWarnings("restricted") // memory that the driver says is there
  private MemorySegment piece() {
    if (piece.address() == 0) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment out = arena.allocate(JAVA_LONG);
        int code = context.driver().call(CudaCall.ALLOCATE_HOST, out.address(), PIECE, 0);
        context.check(code, "cuMemHostAlloc of " + PIECE + " bytes");
        piece = MemorySegment.ofAddress(out.get(JAVA_LONG, 0)).reinterpret(PIECE);
      }
    }
    return piece;
  }

  /** Frees the pinned piece; the context is the thread's. */
  synchronized void close() {
    if (piece.address() != 0) {
      context.driver().call(CudaCall.FREE_HOST, piece.address());
      piece = MemorySegment.NULL;
    }
  }
}
