package io.github.millrace.simd;

import io.github.millrace.cpu.CpuBlock;
import java.lang.foreign.MemorySegment;

/**
 * Frames of some channels in memory, as C sees them; moved, not made, while a kernel runs. The
 * memory goes to C as a segment, which keeps it alive for the call.
 */
final class Span {
  MemorySegment base = MemorySegment.NULL;
  long at;
  long strideBytes;
  long channels;
  long frames;
  int sampleBytes;

  /** Becomes {@code count} frames of silence, which are nowhere. */
  void silence(long count) {
    base = MemorySegment.NULL;
    at = 0;
    frames = count;
  }

  /** Moves to {@code count} frames from {@code from} on, of one channel. */
  void channel(CpuBlock block, int channel, long from, long count) {
    channels(block, channel, 1);
    at += from * block.type().bytes();
    frames = count;
  }

  /** Moves to whole channels; {@link #frames} stays. */
  void channels(CpuBlock block, int first, int count) {
    base = block.base();
    at = block.offset(first, 0);
    sampleBytes = block.type().bytes();
    strideBytes = count > 1 ? block.offset(first + 1, 0) - at : 0;
    channels = count;
  }
}
