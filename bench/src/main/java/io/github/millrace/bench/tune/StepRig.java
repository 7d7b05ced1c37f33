package io.github.millrace.bench.tune;

import io.github.millrace.backend.Device;
import io.github.millrace.backend.Kernel;
import io.github.millrace.backend.Step;
import io.github.millrace.bench.Rounds;
import io.github.millrace.signal.SignalBuffer;
import java.util.function.LongUnaryOperator;

/**
 * One kernel on one device, to be run again and again over blocks of a long signal that does not
 * fit the caches; where samples would travel, over one block that stays on the device. One thread.
 *
 * @param <B> the device's block type
 */
final class StepRig<B> implements AutoCloseable {

  private final Device<B> device;
  private final Kernel<B> kernel;
  private final Step step;
  private final Signals signals;

  /** A kernel on a device, both of which it closes. */
  StepRig(Device<B> device, Step step, Signals signals) {
    this.device = device;
    this.step = step;
    this.signals = signals;
    try {
      kernel = device.kernel(step);
    } catch (RuntimeException | Error e) {
      device.close();
      throw e;
    }
  }

  /** The most bytes that chains walk through at a time. */
  double blockBytes() {
    return device.chunkFrames(2, 1);
  }

  /** The time of a block, in nanoseconds. */
  double nanos(long frames, Rounds rounds) {
    SignalBuffer from = signals.in(step.in(), frames);
    long most = kernel.maxOutputFrames(frames);
    SignalBuffer to = signals.out(step.out(), most);
    B in = device.hostBlock(step.in(), frames);
    B out = device.hostBlock(step.out(), most);
    kernel.reset();
    LongUnaryOperator reading = Signals.walk(from.frames(), frames);
    LongUnaryOperator writing = Signals.walk(to.frames(), most);
    if (device.transfers()) {
      device.upload(from, 0, in, frames);
      device.bind(to, 0, out);
      return 1e9 * rounds.leastSeconds(() -> compute(in, out, frames))[0];
    }
    long[] at = new long[2];
    Runnable task =
        () -> {
          at[0] = reading.applyAsLong(at[0]);
          at[1] = writing.applyAsLong(at[1]);
          device.upload(from, at[0], in, frames);
          device.bind(to, at[1], out);
          device.download(out, compute(in, out, frames));
        };
    return 1e9 * rounds.leastSeconds(task)[0];
  }

  private long compute(B in, B out, long frames) {
    long made = kernel.run(in, out, frames);
    device.finish();
    return made;
  }

  /** The times of bringing a block in and of taking it out, in nanoseconds. */
  double[] transferNanos(long frames, Rounds rounds) {
    SignalBuffer from = signals.in(step.in(), frames);
    SignalBuffer to = signals.out(step.in(), frames);
    B block = device.hostBlock(step.in(), frames);
    Runnable up =
        () -> {
          device.upload(from, 0, block, frames);
          device.finish();
        };
    up.run();
    device.bind(to, 0, block);
    Runnable down =
        () -> {
          device.bind(to, 0, block);
          device.download(block, frames);
        };
    double[] seconds = rounds.leastSeconds(up, down);
    return new double[] {1e9 * seconds[0], 1e9 * seconds[1]};
  }

  /** Whether samples travel. */
  boolean transfers() {
    return device.transfers();
  }

  @Override
  public void close() {
    kernel.close();
    device.close();
  }
}
