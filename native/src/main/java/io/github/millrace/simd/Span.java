package io.github.millrace.simd;

import io.github.millrace.cpu.CpuBlock;

/** Frames of some channels in memory, as C sees them; moved, not made, while a kernel runs. */
final class Span {
  long address;
  long strideBytes;
  long channels;
  long frames;

  /** Becomes {@code count} frames of silence, which are nowhere. */
  void silence(long count) {
    address = 0;
    frames = count;
  }

  /** Moves to {@code count} frames from {@code from} on, of one channel. */
  void channel(CpuBlock block, int channel, long from, long count) {
    channels(block, channel, 1);
    address += from * block.type().bytes();
    frames = count;
  }

  /** Moves to whole channels; {@link #frames} stays. */
  void channels(CpuBlock block, int first, int count) {
    if (!block.segment().scope().isAlive()) {
      throw new IllegalStateException("the buffer is closed");
    }
    long start = block.offset(first, 0);
    address = block.segment().address() + start;
    strideBytes = count > 1 ? block.offset(first + 1, 0) - start : 0;
    channels = count;
  }
}
