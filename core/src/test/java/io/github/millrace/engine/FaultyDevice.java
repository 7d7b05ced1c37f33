package io.github.millrace.engine;

import io.github.millrace.backend.Backend;
import io.github.millrace.backend.Device;
import io.github.millrace.backend.Kernel;
import io.github.millrace.backend.Step;
import io.github.millrace.cpu.CpuBlock;
import io.github.millrace.cpu.CpuDevice;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.plan.StageState;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Stage;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The Java kernels, and samples that travel where a test wants, with one call that fails: before it
 * did anything or after it did all.
 */
final class FaultyDevice extends CpuDevice {

  /** Frames of a block, so that a signal takes several. */
  static final int CHUNK = 500;

  /** Which call fails, with what, and what is open. */
  static final class Fault {
    private final AtomicInteger calls = new AtomicInteger();
    private final int at;
    private final boolean after;
    private final Throwable what;
    final AtomicInteger kernels = new AtomicInteger();
    final AtomicInteger devices = new AtomicInteger();

    /** Lets the call after {@code at} others fail. */
    Fault(int at, boolean after, Throwable what) {
      this.at = at;
      this.after = after;
      this.what = what;
    }

    /** Calls so far. */
    int calls() {
      return calls.get();
    }

    void call(Runnable work) {
      boolean fails = calls.getAndIncrement() == at;
      if (!fails || after) {
        work.run();
      }
      if (fails) {
        raise();
      }
    }

    private void raise() {
      switch (what) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new IllegalArgumentException(what);
      }
    }
  }

  private final Fault fault;
  private final boolean transfers;

  private FaultyDevice(DeviceDescription info, Fault fault, boolean transfers) {
    super(info, PlanOptions.DEFAULTS.withThreads(2));
    this.fault = fault;
    this.transfers = transfers;
    fault.devices.incrementAndGet();
  }

  /** A backend of one such device. */
  static Backend backend(Fault fault, boolean transfers) {
    return new Backend() {
      @Override
      public String name() {
        return "faulty";
      }

      @Override
      public int rank() {
        return 0;
      }

      @Override
      public List<DeviceDescription> devices() {
        return List.of(new DeviceDescription(name(), 0, "faulty", true, "", 0, true, "none"));
      }

      @Override
      public Optional<String> refusal(Stage stage, DeviceDescription device, Precision precision) {
        return Optional.empty();
      }

      @Override
      public Device<?> open(DeviceDescription device, PlanOptions options) {
        return new FaultyDevice(device, fault, transfers);
      }
    };
  }

  @Override
  public boolean transfers() {
    return transfers;
  }

  @Override
  public long chunkFrames(int kernels, long bytesPerFrame) {
    return CHUNK;
  }

  @Override
  public CpuBlock allocate(StreamFormat format, long frames) {
    CpuBlock[] block = new CpuBlock[1];
    fault.call(() -> block[0] = super.allocate(format, frames));
    return block[0];
  }

  @Override
  public void upload(SignalBuffer host, long from, CpuBlock block, long frames) {
    fault.call(() -> super.upload(host, from, block, frames));
  }

  @Override
  public void download(CpuBlock block, long frames) {
    fault.call(() -> super.download(block, frames));
  }

  @Override
  public Kernel<CpuBlock> kernel(Step step) {
    fault.call(() -> {});
    fault.kernels.incrementAndGet();
    return new FaultyKernel(super.kernel(step));
  }

  @Override
  public void close() {
    fault.devices.decrementAndGet();
    super.close();
  }

  /** A kernel every call of which may be the one. */
  private final class FaultyKernel implements Kernel<CpuBlock> {
    private final Kernel<CpuBlock> kernel;
    private boolean closed;

    FaultyKernel(Kernel<CpuBlock> kernel) {
      this.kernel = kernel;
    }

    @Override
    public long run(CpuBlock in, CpuBlock out, long frames) {
      long[] made = new long[1];
      fault.call(() -> made[0] = kernel.run(in, out, frames));
      return made[0];
    }

    @Override
    public long flush(CpuBlock out, long limit) {
      long[] made = new long[1];
      fault.call(() -> made[0] = kernel.flush(out, limit));
      return made[0];
    }

    @Override
    public void reset() {
      fault.call(kernel::reset);
    }

    @Override
    public StageState state() {
      StageState[] state = new StageState[1];
      fault.call(() -> state[0] = kernel.state());
      return state[0];
    }

    @Override
    public void restore(StageState state) {
      fault.call(() -> kernel.restore(state));
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        fault.kernels.decrementAndGet();
        fault.call(kernel::close);
      }
    }

    @Override
    public long maxOutputFrames(long frames) {
      return kernel.maxOutputFrames(frames);
    }

    @Override
    public long flushFrames() {
      return kernel.flushFrames();
    }

    @Override
    public long latencyFrames() {
      return kernel.latencyFrames();
    }

    @Override
    public boolean keepsLength() {
      return kernel.keepsLength();
    }

    @Override
    public String describe() {
      return kernel.describe();
    }
  }
}
