package io.github.millrace.engine;

import io.github.millrace.backend.Device;
import io.github.millrace.backend.Kernel;
import io.github.millrace.backend.Step;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.StageState;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Alignment;
import java.util.ArrayList;
import java.util.List;

/**
 * The kernels of a chain on one device, with their blocks: walks a signal through them in
 * sub-blocks. Checks nothing: {@link ChainPlan} has done it.
 *
 * @param <B> the device's block type
 */
final class ChainRun<B> {

  private final Chain chain;
  private final Device<B> device;
  private final List<Kernel<B>> kernels = new ArrayList<>();
  private final List<B> blocks = new ArrayList<>();
  private final List<Long> capacities = new ArrayList<>();
  private final long chunk;
  private Conveyor<B> conveyor;
  private HeapPieces<B> pieces;

  /** Makes all kernels and scratch; the device is this object's from here on. */
  ChainRun(Chain chain, Device<B> device) {
    this.chain = chain;
    this.device = device;
    try {
      for (Step step : chain.steps()) {
        addKernel(step);
      }
      chunk = device.chunkFrames(kernels.size(), bytesPerFrame());
      makeBlocks();
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /** In the list from the first, whence {@link #close} closes it whatever fails after. */
  private void addKernel(Step step) {
    try {
      kernels.add(device.kernel(step));
      if (Alignment.of(step.stage()).shifts()) {
        kernels.set(kernels.size() - 1, new AlignedKernel<>(device, step, kernels.getLast()));
      }
    } catch (OutOfMemoryError e) {
      throw new BackendException("not enough memory for " + step.stage().describe(), e);
    }
  }

  private void makeBlocks() {
    long frames = chunk;
    blocks.add(device.hostBlock(chain.in(), frames));
    for (int k = 0; k < kernels.size(); k++) {
      StreamFormat format = chain.steps().get(k).out();
      boolean last = k == kernels.size() - 1;
      frames = frames == Long.MAX_VALUE ? frames : kernels.get(k).maxOutputFrames(frames);
      blocks.add(last ? device.hostBlock(format, frames) : device.allocate(format, frames));
      capacities.add(frames);
    }
    if (device.transfers()) {
      B first = device.hostBlock(chain.in(), chunk);
      B last = device.hostBlock(chain.out(), frames);
      conveyor =
          new Conveyor<>(
              this, device, List.of(blocks.getFirst(), first), List.of(blocks.getLast(), last));
    }
  }

  private long bytesPerFrame() {
    long most = Math.max(1, (long) chain.in().planes() * chain.in().type().bytes());
    long probe = 1 << 16;
    long frames = probe;
    for (int k = 0; k < kernels.size(); k++) {
      StreamFormat out = chain.steps().get(k).out();
      frames = kernels.get(k).maxOutputFrames(frames);
      most = Math.max(most, Math.ceilDiv(frames * out.planes() * out.type().bytes(), probe));
    }
    return most;
  }

  /** The device that everything here lives on. */
  Device<B> device() {
    return device;
  }

  /** The kernels, first to last. */
  List<Kernel<B>> kernels() {
    return kernels;
  }

  /** Filters all of {@code in}; returns the frames written. */
  long walk(SignalBuffer in, SignalBuffer out) {
    if (reaches(in, kernels.getFirst()) && reaches(out, kernels.getLast())) {
      return walkThere(in, out);
    }
    if (pieces == null) {
      pieces = new HeapPieces<>(this, chain, cachedFrames());
    }
    return pieces.walk(in, out);
  }

  private boolean reaches(SignalBuffer buffer, Kernel<B> kernel) {
    return !buffer.isOnHeap() || kernel.reachesHeap();
  }

  /** The most frames of a block that the device's caches hold; it may cut blocks itself. */
  long cachedFrames() {
    return device.transfers() ? Long.MAX_VALUE : device.chunkFrames(2, bytesPerFrame());
  }

  /** Filters all of {@code in} where it lies, to where {@code out} lies. */
  long walkThere(SignalBuffer in, SignalBuffer out) {
    boolean travels = !in.isOnDevice() || !out.isOnDevice();
    if (conveyor != null && travels && in.frames() > chunk) {
      return conveyor.carry(in, out, chunk);
    }
    long written = 0;
    long frames;
    for (long from = 0; from < in.frames(); from += frames) {
      frames = Math.min(chunk, in.frames() - from);
      device.upload(in, from, blocks.get(0), frames);
      device.bind(out, written, blocks.get(kernels.size()));
      long made = runFrom(0, frames);
      device.finish();
      device.download(blocks.get(kernels.size()), made);
      written += made;
    }
    return written;
  }

  /** The most frames that a walk over so many may write. */
  long maxOutputFrames(long frames) {
    long most = frames;
    for (int k = 0; k < kernels.size(); k++) {
      most = kernels.get(k).maxOutputFrames(most);
    }
    return most;
  }

  /** The most frames that {@link #drain} may write. */
  long flushFrames() {
    long most = 0;
    for (Kernel<B> kernel : kernels) {
      most = kernel.maxOutputFrames(most) + kernel.flushFrames();
    }
    return most;
  }

  /** The most input frames held back before their output is written. */
  long latencyFrames() {
    double latency = 0;
    for (int k = 0; k < kernels.size(); k++) {
      double rate = chain.steps().get(k).in().sampleRate();
      double scale = rate == 0 ? 1 : chain.in().sampleRate() / rate;
      latency += kernels.get(k).latencyFrames() * scale;
    }
    return (long) Math.ceil(latency);
  }

  /** Whether a walk writes exactly what it reads. */
  boolean keepsLength() {
    for (int k = 0; k < kernels.size(); k++) {
      if (!kernels.get(k).keepsLength()) {
        return false;
      }
    }
    return chain.in().equals(chain.out());
  }

  /** Runs all kernels from one host block to another and waits for them. */
  long run(B from, B to, long frames) {
    blocks.set(0, from);
    blocks.set(kernels.size(), to);
    long made = runFrom(0, frames);
    device.finish();
    return made;
  }

  /** Runs the kernels from {@code first} on over a block that holds this many frames. */
  private long runFrom(int first, long frames) {
    long count = frames;
    for (int k = first; k < kernels.size() && count > 0; k++) {
      count = kernels.get(k).run(blocks.get(k), blocks.get(k + 1), count);
    }
    return count;
  }

  /** Writes what the kernels still hold; returns the frames written. */
  long drain(SignalBuffer out) {
    if (reaches(out, kernels.getLast())) {
      return drainThere(out);
    }
    try (SignalBuffer rest = device.buffer(chain.out(), out.frames())) {
      long frames = drainThere(rest);
      HeapPieces.copy(rest, 0, out, 0, frames);
      return frames;
    }
  }

  private long drainThere(SignalBuffer out) {
    long written = 0;
    for (int k = 0; k < kernels.size(); k++) {
      long piece;
      do {
        B target = blocks.get(kernels.size());
        device.bind(out, written, target);
        boolean last = k == kernels.size() - 1;
        long limit = last ? Math.min(capacities.get(k), out.frames() - written) : capacities.get(k);
        piece = limit == 0 ? 0 : kernels.get(k).flush(blocks.get(k + 1), limit);
        long made = runFrom(k + 1, piece);
        device.finish();
        device.download(target, made);
        written += made;
      } while (piece > 0);
    }
    return written;
  }

  /** The state of each stage that the user gave. */
  List<StageState> state() {
    return ChainState.split(chain, kernels.stream().map(Kernel::state).toList());
  }

  /** Sets the state of all stages. */
  void restore(List<StageState> state) {
    for (int k = 0; k < kernels.size(); k++) {
      kernels.get(k).restore(ChainState.join(chain, k, state));
    }
  }

  /** Returns to silence. */
  void reset() {
    kernels.forEach(Kernel::reset);
  }

  /** After a failure: lets nothing that was told to the device be at work or remembered. */
  void abandon() {
    device.abandon();
    device.finish();
  }

  /** Frees everything; once. */
  void close() {
    try {
      abandon(); // what still runs must not meet memory that is gone
    } catch (BackendException e) {
      // Lost: nothing runs on it any more.
    } finally {
      closeAll();
    }
  }

  private void closeAll() {
    try {
      if (pieces != null) {
        pieces.close();
      }
    } finally {
      closeFrom(0);
    }
  }

  /** Closes the kernels from {@code first} on, and the device, though one of them fails. */
  private void closeFrom(int first) {
    if (first == kernels.size()) {
      device.close();
      return;
    }
    try {
      kernels.get(first).close();
    } finally {
      closeFrom(first + 1);
    }
  }
}
