package io.github.millrace.engine;

import io.github.millrace.backend.Device;
import io.github.millrace.backend.Kernel;
import io.github.millrace.backend.Step;
import io.github.millrace.plan.Bits;
import io.github.millrace.plan.StageState;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Alignment;
import io.github.millrace.stage.Delay;

/**
 * A kernel that writes as many frames as it reads, with the first of them dropped and silence read
 * after the end of the stream, as an {@link Alignment} says. The position in its state is the
 * number of frames dropped.
 *
 * @param <B> the device's block type
 */
final class AlignedKernel<B> implements Kernel<B> {

  /** Frames that are dropped, or read as silence, at a time. */
  private static final long PIECE = 4096;

  private final Device<B> device;
  private final Kernel<B> kernel;
  private final String what;
  private final long advance;
  private final long tail;
  private final long piece;
  private final B view;
  private final B outView;
  private final B dropped;
  private final B silence;
  private long passed;
  private long flushed;
  private StageState beforeFlush;

  /** The kernel of a step, aligned as its stage says. */
  AlignedKernel(Device<B> device, Step step, Kernel<B> kernel) {
    Alignment alignment = Alignment.of(step.stage());
    this.device = device;
    this.kernel = kernel;
    what = step.stage().describe();
    advance = alignment.advanceFrames();
    tail = alignment.tailFrames();
    long room = device.chunkFrames(1, Math.max(frameBytes(step.in()), frameBytes(step.out())));
    piece = Math.clamp(Math.min(Math.max(advance, tail), room), 1, PIECE);
    view = device.hostBlock(step.in(), 1);
    outView = device.hostBlock(step.out(), 1);
    dropped = device.allocate(step.out(), piece);
    silence = silence(step.in());
  }

  private static long frameBytes(StreamFormat format) {
    return (long) format.planes() * format.type().bytes();
  }

  /** What a delay puts before a signal. */
  private B silence(StreamFormat format) {
    B block = device.allocate(format, piece);
    try (Kernel<B> delay = device.kernel(new Step(Delay.ofFrames(piece), format, 1, 1))) {
      delay.flush(block, piece);
      device.finish();
    }
    return block;
  }

  @Override
  public long run(B in, B out, long frames) {
    if (passed == advance) {
      return kernel.run(in, out, frames);
    }
    long drop = Math.min(frames, advance - passed);
    long count;
    for (long at = 0; at < drop; at += count) {
      count = Math.min(piece, drop - at);
      device.view(in, at, view);
      kernel.run(view, dropped, count);
    }
    passed += drop;
    return drop == frames ? 0 : runFrom(in, drop, out, frames);
  }

  /** The rest of the first block, cut where a cell begins, as every block after it will be. */
  private long runFrom(B in, long from, B out, long frames) {
    long cut = Math.min(frames, Math.ceilDiv(from, Bits.CELL) * Bits.CELL);
    device.view(in, from, view);
    long written = cut > from ? kernel.run(view, out, cut - from) : 0;
    if (cut < frames) {
      device.view(in, cut, view);
      device.view(out, written, outView);
      written += kernel.run(view, outView, frames - cut);
    }
    return written;
  }

  /** As if {@code tail} frames of silence followed; the state stays that of the last run. */
  @Override
  public long flush(B out, long limit) {
    beforeFlush = beforeFlush == null ? state() : beforeFlush;
    long count;
    while (passed < advance && flushed < tail) {
      count = Math.min(piece, Math.min(advance - passed, tail - flushed));
      kernel.run(silence, dropped, count);
      passed += count;
      flushed += count;
    }
    count = Math.min(piece, Math.min(limit, tail - flushed));
    flushed += count;
    return count == 0 ? 0 : kernel.run(silence, out, count);
  }

  @Override
  public long flushFrames() {
    return tail;
  }

  @Override
  public long latencyFrames() {
    return kernel.latencyFrames() + advance;
  }

  @Override
  public boolean keepsLength() {
    return advance == 0 && kernel.keepsLength();
  }

  @Override
  public void reset() {
    kernel.reset();
    start(0);
  }

  private void start(long position) {
    passed = position;
    flushed = 0;
    beforeFlush = null;
  }

  @Override
  public StageState state() {
    if (beforeFlush != null) {
      return beforeFlush;
    }
    StageState state = kernel.state();
    return StageState.of(state.shape(), state.values(), Math.max(passed, state.position()));
  }

  @Override
  public void restore(StageState state) {
    if (state.position() < 0) {
      throw new IllegalArgumentException(
          "state of " + what + " has dropped " + state.position() + " frames, expected at least 0");
    }
    kernel.restore(state);
    start(Math.min(state.position(), advance));
  }

  @Override
  public String describe() {
    return kernel.describe() + ", first " + advance + " frames dropped, " + tail + " flushed";
  }

  @Override
  public void close() {
    kernel.close();
  }
}
