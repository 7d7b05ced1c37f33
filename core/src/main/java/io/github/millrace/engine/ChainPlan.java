package io.github.millrace.engine;

import io.github.millrace.backend.Device;
import io.github.millrace.backend.Kernel;
import io.github.millrace.backend.Step;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.Decision;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.StageState;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The one plan that drives every device: walks a chain of kernels over sub-blocks.
 *
 * @param <B> the device's block type
 */
public final class ChainPlan<B> implements Plan {

  private enum Phase {
    STREAMING,
    FLUSHED,
    CLOSED
  }

  private final Chain chain;
  private final Device<B> device;
  private final Decision decision;
  private final List<Kernel<B>> kernels = new ArrayList<>();
  private final List<B> blocks = new ArrayList<>();
  private final List<Long> capacities = new ArrayList<>();
  private final long chunk;
  private Conveyor<B> conveyor;
  private Phase phase = Phase.STREAMING;

  /**
   * Makes all kernels and scratch.
   *
   * @param decision why this device and how
   */
  public ChainPlan(Chain chain, Device<B> device, Decision decision) {
    this.chain = chain;
    this.device = device;
    this.decision = decision;
    try {
      for (Step step : chain.steps()) {
        kernels.add(kernel(step));
      }
      chunk = device.chunkFrames(kernels.size(), bytesPerFrame());
      makeBlocks();
    } catch (RuntimeException | Error e) {
      release();
      throw e;
    }
  }

  private Kernel<B> kernel(Step step) {
    try {
      return device.kernel(step);
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

  @Override
  public StreamFormat inputFormat() {
    return chain.in();
  }

  @Override
  public StreamFormat outputFormat() {
    return chain.out();
  }

  @Override
  public DeviceDescription device() {
    return device.info();
  }

  @Override
  public Decision decision() {
    return decision;
  }

  @Override
  public long forward(SignalBuffer in, SignalBuffer out) {
    requirePhase(Phase.STREAMING);
    BufferChecks.input(in, chain.in());
    FixedChunk.require(in, decision.options().length());
    BufferChecks.output(out, chain.out(), maxOutputFrames(in.frames()));
    BufferChecks.overlap(in, out, keepsLength());
    try {
      return walk(in, out);
    } catch (BackendException e) {
      close();
      throw e;
    }
  }

  @Override
  public SignalBuffer allocate(StreamFormat format, long frames) {
    requireOpen();
    return device.buffer(format, frames);
  }

  private long walk(SignalBuffer in, SignalBuffer out) {
    if (conveyor != null && in.frames() > chunk) {
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

  /** Runs all kernels from one block to another and waits for them. */
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

  @Override
  public long flush(SignalBuffer out) {
    requirePhase(Phase.STREAMING);
    BufferChecks.output(out, chain.out(), flushFrames());
    phase = Phase.FLUSHED;
    return orClose(() -> drain(out));
  }

  private long drain(SignalBuffer out) {
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

  @Override
  public long maxOutputFrames(long frames) {
    if (frames < 0) {
      throw new IllegalArgumentException("frames is " + frames + ", expected at least 0");
    }
    long most = frames;
    for (int k = 0; k < kernels.size(); k++) {
      most = kernels.get(k).maxOutputFrames(most);
    }
    return most;
  }

  @Override
  public long flushFrames() {
    long most = 0;
    for (int k = 0; k < kernels.size(); k++) {
      most = kernels.get(k).maxOutputFrames(most) + kernels.get(k).flushFrames();
    }
    return most;
  }

  @Override
  public long latencyFrames() {
    double latency = 0;
    for (int k = 0; k < kernels.size(); k++) {
      double rate = chain.steps().get(k).in().sampleRate();
      double scale = rate == 0 ? 1 : chain.in().sampleRate() / rate;
      latency += kernels.get(k).latencyFrames() * scale;
    }
    return (long) Math.ceil(latency);
  }

  @Override
  public boolean keepsLength() {
    for (int k = 0; k < kernels.size(); k++) {
      if (!kernels.get(k).keepsLength()) {
        return false;
      }
    }
    return chain.in().equals(chain.out());
  }

  @Override
  public List<StageState> state() {
    requireOpen();
    return orClose(() -> ChainState.split(chain, kernels.stream().map(Kernel::state).toList()));
  }

  @Override
  public void restore(List<StageState> state) {
    requireOpen();
    List<StageState> now = state();
    if (state.size() != now.size()) {
      throw new IllegalArgumentException(
          "the state has " + state.size() + " entries, the pipeline has " + now.size() + " stages");
    }
    for (int i = 0; i < now.size(); i++) {
      now.get(i).requireShapeOf(state.get(i), "stage " + (i + 1));
    }
    orClose(() -> restoreAll(state));
    phase = Phase.STREAMING;
  }

  private Void restoreAll(List<StageState> state) {
    for (int k = 0; k < kernels.size(); k++) {
      kernels.get(k).restore(ChainState.join(chain, k, state));
    }
    return null;
  }

  @Override
  public void reset() {
    requireOpen();
    orClose(
        () -> {
          kernels.forEach(Kernel::reset);
          return null;
        });
    phase = Phase.STREAMING;
  }

  @Override
  public String describe() {
    StringBuilder text = new StringBuilder();
    text.append(device.info().backend()).append(" on ").append(device.info().name());
    text.append(", ")
        .append(device.describe())
        .append(" (")
        .append(decision.reason())
        .append(")\n");
    for (int k = 0; k < kernels.size(); k++) {
      text.append("  ").append(k + 1).append(". ").append(chain.steps().get(k).describe());
      text.append(": ").append(kernels.get(k).describe()).append('\n');
    }
    return text.toString();
  }

  @Override
  public void close() {
    if (phase != Phase.CLOSED) {
      phase = Phase.CLOSED;
      release();
    }
  }

  private void release() {
    if (conveyor != null) {
      conveyor.close();
    }
    try {
      device.finish(); // what still runs must not meet memory that is gone
    } catch (BackendException e) {
      // Lost: nothing runs on it any more.
    }
    kernels.forEach(Kernel::close);
    device.close();
  }

  /** After a failure half of the work may be done, and the plan is of no more use. */
  private <T> T orClose(Supplier<T> work) {
    try {
      return work.get();
    } catch (BackendException e) {
      close();
      throw e;
    }
  }

  private void requireOpen() {
    if (phase == Phase.CLOSED) {
      throw new IllegalStateException("the plan is closed");
    }
  }

  private void requirePhase(Phase expected) {
    requireOpen();
    if (phase != expected) {
      throw new IllegalStateException(
          "the stream was ended by flush; call reset before the next forward");
    }
  }
}
