package io.github.millrace.engine;

import io.github.millrace.backend.Device;
import io.github.millrace.host.Forgotten;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.Decision;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.StageState;
import io.github.millrace.plan.Start;
import io.github.millrace.signal.PlanarLayout;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import java.util.List;
import java.util.function.Supplier;

/**
 * The one plan that drives every device: lets one call in at a time, checks what it is given, holds
 * it while kernels run, and knows in which state a failure left it.
 *
 * @param <B> the device's block type
 */
public final class ChainPlan<B> implements Plan {

  private enum Phase {
    STREAMING,
    FLUSHED,
    FAILED,
    CLOSED
  }

  private final Chain chain;
  private final Decision decision;
  private final ChainRun<B> run;
  private final OneCaller caller = new OneCaller();
  private final Forgotten forgotten;
  private final WholeCells cells;
  private final ArrayView input = new ArrayView();
  private final ArrayView output = new ArrayView();
  private Phase phase = Phase.STREAMING;
  private Throwable failure;

  /** Whether the state is still to be set from the first frame. */
  private boolean unsettled;

  /**
   * Makes all kernels and scratch.
   *
   * @param decision why this device and how
   */
  public ChainPlan(Chain chain, Device<B> device, Decision decision) {
    this.chain = chain;
    this.decision = decision;
    cells = new WholeCells(decision.options().bits());
    unsettled = startsSteady();
    run = new ChainRun<>(chain, device);
    forgotten = Forgotten.watch(this, "a Plan", run::close);
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
    return run.device().info();
  }

  @Override
  public Decision decision() {
    return decision;
  }

  @Override
  public long forward(SignalBuffer in, SignalBuffer out) {
    caller.enter("forward");
    try {
      requireStreaming();
      cells.require();
      BufferChecks.input(in, chain.in(), run.device());
      FixedChunk.require(in, decision.options().length());
      BufferChecks.output(out, chain.out(), run.device(), maxOutputFrames(in.frames()));
      BufferChecks.overlap(in, out, keepsLength());
      in.acquire();
      try {
        return forwardInto(in, out);
      } finally {
        in.release();
      }
    } finally {
      caller.leave();
    }
  }

  private long forwardInto(SignalBuffer in, SignalBuffer out) {
    out.acquire();
    try {
      cells.read(in.frames());
      settle(in);
      return run.walk(in, out);
    } catch (Throwable e) {
      fail(e);
      throw e;
    } finally {
      out.release();
    }
  }

  private boolean startsSteady() {
    return decision.options().start() == Start.STEADY;
  }

  /** Before the first frame of a stream that starts in the steady state. */
  private void settle(SignalBuffer in) {
    if (unsettled && in.frames() > 0) {
      SteadyState.set(chain, run.kernels(), in);
      unsettled = false;
    }
  }

  @Override
  public int forward(double[] in, double[] out) {
    return (int) forward(input.of(in), output.of(out));
  }

  @Override
  public int forward(float[] in, float[] out) {
    return (int) forward(input.of(in), output.of(out));
  }

  @Override
  public SignalBuffer allocate(StreamFormat format, long frames) {
    return alone("allocate", () -> run.device().buffer(format, frames));
  }

  @Override
  public SignalBuffer allocateOnDevice(StreamFormat format, long frames) {
    return alone("allocateOnDevice", () -> run.device().resident(format, frames));
  }

  @Override
  public SignalBuffer wrapOnDevice(long handle, PlanarLayout layout) {
    return alone("wrapOnDevice", () -> run.device().foreign(handle, layout));
  }

  @Override
  public long deviceContext() {
    return alone("deviceContext", run.device()::context);
  }

  @Override
  public boolean transfers() {
    return run.device().transfers();
  }

  @Override
  public long flush(SignalBuffer out) {
    caller.enter("flush");
    try {
      requireStreaming();
      BufferChecks.output(out, chain.out(), run.device(), flushFrames());
      out.acquire();
      try {
        phase = Phase.FLUSHED;
        return run.drain(out);
      } catch (Throwable e) {
        fail(e);
        throw e;
      } finally {
        out.release();
      }
    } finally {
      caller.leave();
    }
  }

  @Override
  public long cachedFrames() {
    return run.cachedFrames();
  }

  @Override
  public long maxOutputFrames(long frames) {
    if (frames < 0) {
      throw new IllegalArgumentException("frames is " + frames + ", expected at least 0");
    }
    return run.maxOutputFrames(frames);
  }

  @Override
  public long flushFrames() {
    return run.flushFrames();
  }

  @Override
  public long latencyFrames() {
    return run.latencyFrames();
  }

  @Override
  public boolean keepsLength() {
    return run.keepsLength();
  }

  @Override
  public List<StageState> state() {
    return alone(
        "state",
        () -> {
          requireUnfailed();
          if (unsettled) {
            throw new IllegalStateException(
                "a plan that starts in the steady state has none before its first frame");
          }
          return orFail(run::state);
        });
  }

  @Override
  public void restore(List<StageState> state) {
    alone(
        "restore",
        () -> {
          List<StageState> before = orFail(run::state);
          requireShapes(state, before);
          restoreOr(before, state);
          return null;
        });
  }

  private static void requireShapes(List<StageState> state, List<StageState> now) {
    if (state.size() != now.size()) {
      throw new IllegalArgumentException(
          "the state has " + state.size() + " entries, the pipeline has " + now.size() + " stages");
    }
    for (int i = 0; i < now.size(); i++) {
      now.get(i).requireShapeOf(state.get(i), "stage " + (i + 1));
    }
  }

  /** All of a state or, where a stage refuses its part, nothing of it. */
  private void restoreOr(List<StageState> before, List<StageState> state) {
    try {
      run.restore(state);
      stream();
      unsettled = false;
    } catch (BackendException e) {
      fail(e);
      throw e;
    } catch (Throwable e) {
      orFail(
          () -> {
            run.restore(before);
            return null;
          });
      throw e;
    }
  }

  @Override
  public void reset() {
    alone(
        "reset",
        () ->
            orFail(
                () -> {
                  run.reset();
                  stream();
                  unsettled = startsSteady();
                  return null;
                }));
  }

  private void stream() {
    phase = Phase.STREAMING;
    failure = null;
    cells.restart();
  }

  @Override
  public String describe() {
    StringBuilder text = new StringBuilder();
    text.append(device().backend()).append(" on ").append(device().name());
    text.append(", ")
        .append(run.device().describe())
        .append(", bits ")
        .append(decision.options().bits().word())
        .append(" (")
        .append(decision.reason())
        .append(")\n");
    for (int k = 0; k < run.kernels().size(); k++) {
      text.append("  ").append(k + 1).append(". ").append(chain.steps().get(k).describe());
      text.append(": ").append(run.kernels().get(k).describe()).append('\n');
    }
    return text.toString();
  }

  @Override
  public void close() {
    caller.enter("close");
    try {
      closeOnce();
    } finally {
      caller.leave();
    }
  }

  private void closeOnce() {
    if (phase != Phase.CLOSED) {
      phase = Phase.CLOSED;
      forgotten.dismiss();
      run.close();
    }
  }

  private <T> T orFail(Supplier<T> work) {
    try {
      return work.get();
    } catch (Throwable e) {
      fail(e);
      throw e;
    }
  }

  /** Runs a call while nobody else is in the plan. */
  private <T> T alone(String call, Supplier<T> work) {
    caller.enter(call);
    try {
      requireOpen();
      return work.get();
    } finally {
      caller.leave();
    }
  }

  /** Half of the work may be done: nothing but reset makes the plan sound again, if it lives. */
  private void fail(Throwable e) {
    phase = Phase.FAILED;
    failure = e;
    boolean lives = succeeds(run::abandon, e) && !(e instanceof BackendException);
    if (!lives) {
      succeeds(this::closeOnce, e);
    }
  }

  /** Whether what a failure asks for succeeds; what fails in turn is told by the first. */
  private static boolean succeeds(Runnable work, Throwable first) {
    try {
      work.run();
      return true;
    } catch (RuntimeException | Error worse) {
      if (!worse.equals(first)) {
        first.addSuppressed(worse);
      }
      return false;
    }
  }

  private void requireOpen() {
    if (phase == Phase.CLOSED) {
      throw new IllegalStateException("the plan is closed" + because());
    }
  }

  private void requireUnfailed() {
    requireOpen();
    if (phase == Phase.FAILED) {
      throw new IllegalStateException(
          "the plan failed in the middle of its work" + because() + "; call reset or close");
    }
  }

  private String because() {
    return failure == null ? "" : ": " + failure;
  }

  private void requireStreaming() {
    requireUnfailed();
    if (phase == Phase.FLUSHED) {
      throw new IllegalStateException(
          "the stream was ended by flush; call reset before the next forward");
    }
  }
}
