package io.github.millrace.gpu;

import io.github.millrace.backend.Device;
import io.github.millrace.backend.Kernel;
import io.github.millrace.backend.Step;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.Bits;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.PlanarLayout;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.CustomStage;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Fft;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.FirDesign;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.InverseFft;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.SosCascade;
import io.github.millrace.stage.Stage;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A device with kernels and memory of its own, driven through an {@link Accelerator}. */
public final class GpuDevice implements Device<GpuBlock> {

  /** Most bytes of a block: long enough that launches and copies cost next to nothing. */
  private static final long BLOCK_BYTES = 32L << 20;

  private final Accelerator accelerator;
  private final PlanOptions options;
  private final HostWraps wraps;
  private final List<DeviceMemory> blocks = new ArrayList<>();
  private final AtomicInteger users = new AtomicInteger(1);
  private DeviceMemory input;
  private boolean closed;

  /** A device that owns its driver. */
  public GpuDevice(Accelerator accelerator, PlanOptions options) {
    this.accelerator = accelerator;
    this.options = options;
    wraps = new HostWraps(accelerator);
  }

  /** Why such devices cannot run a stage, or empty if they can. */
  public static Optional<String> refusal(
      Stage stage, DeviceDescription device, Limits limits, Precision precision) {
    if (precision == Precision.PRECISE && !device.fp64()) {
      return Optional.of(device.name() + " has no float64 arithmetic, which precise needs");
    }
    return switch (stage) {
      case SosCascade cascade -> CascadeKernel.refusal(cascade);
      case Fft fft -> FftKernel.refusal(fft.block(), limits.longestTransform(narrowest(precision)));
      case CustomStage _ -> Optional.of(stage.describe() + " is Java, which runs on the CPU");
      case Iir _, FirDesign _, Fir _, Gain _, Delay _, Mix _, Resample _, InverseFft _ ->
          Optional.empty();
    };
  }

  /** Why such devices cannot keep a promise about bits in a stage, or empty if they can. */
  public static Optional<String> refusal(Stage stage, Bits bits) {
    if (bits == Bits.GRID) {
      return Optional.of("it cuts no cells, which bits grid needs");
    }
    boolean blocks =
        switch (stage) {
          case Iir _, SosCascade _ -> true;
          case Fir _, FirDesign _, Gain _, Delay _, Mix _, Resample _ -> false;
          case Fft _, InverseFft _, CustomStage _ -> false;
        };
    return bits == Bits.FRAME && blocks
        ? Optional.of(
            "it drops what has faded in a cascade where a block ends, which bits frame forbids")
        : Optional.empty();
  }

  /** The arithmetic of float32 samples; that of others is known at prepare. */
  private static SampleType narrowest(Precision precision) {
    return precision == Precision.FAST ? SampleType.FLOAT32 : SampleType.FLOAT64;
  }

  @Override
  public DeviceDescription info() {
    return accelerator.info();
  }

  @Override
  public GpuBlock allocate(StreamFormat format, long frames) {
    DeviceMemory memory = accelerator.allocate(bytes(format, frames));
    blocks.add(memory);
    GpuBlock block = new GpuBlock(format.type(), format.planes(), memory);
    block.useOwnMemory(frames);
    return block;
  }

  @Override
  public GpuBlock hostBlock(StreamFormat format, long frames) {
    DeviceMemory memory = accelerator.staging(bytes(format, frames));
    blocks.add(memory);
    return new GpuBlock(format.type(), format.planes(), memory);
  }

  private long bytes(StreamFormat format, long frames) {
    long bytes = Math.max(1, Math.multiplyExact(frames, (long) format.planes()));
    bytes = Math.multiplyExact(bytes, (long) format.type().bytes());
    long most = accelerator.limits().largestAllocation();
    if (bytes > most) {
      throw new BackendException(
          info().name() + ": a block takes " + bytes + " bytes, the device allows " + most);
    }
    return bytes;
  }

  @Override
  public SignalBuffer buffer(StreamFormat format, long frames) {
    return SignalBuffer.allocate(format, frames, accelerator::hostMemory);
  }

  /** The driver stays open for as long as such a buffer does. */
  @Override
  public SignalBuffer resident(StreamFormat format, long frames) {
    PlanarLayout layout = PlanarLayout.aligned(format.type(), format.planes(), frames);
    DeviceMemory memory = accelerator.allocate(Math.max(1, layout.byteSize()));
    return buffer(layout, memory);
  }

  @Override
  public SignalBuffer foreign(long handle, PlanarLayout layout) {
    return buffer(layout, accelerator.adopt(handle, layout.byteSize()));
  }

  private SignalBuffer buffer(PlanarLayout layout, DeviceMemory memory) {
    users.incrementAndGet();
    return SignalBuffer.onDevice(
        layout,
        new ResidentMemory(accelerator, memory),
        () -> {
          memory.close();
          leave();
        });
  }

  @Override
  public long context() {
    return accelerator.context();
  }

  @Override
  public boolean reaches(SignalBuffer buffer) {
    return !buffer.isOnDevice()
        || (buffer.device() instanceof ResidentMemory there && accelerator.reaches(there.memory()));
  }

  private static DeviceMemory resident(SignalBuffer buffer) {
    return ((ResidentMemory) buffer.device()).memory();
  }

  /** The driver, for measuring what the device can do at best. */
  public Accelerator accelerator() {
    return accelerator;
  }

  @Override
  public void upload(SignalBuffer host, long from, GpuBlock block, long frames) {
    if (host.isOnDevice()) {
      input = null;
      block.move(resident(host), host, from);
      return;
    }
    input = accelerator.sharesMemory() ? wraps.find(host, null) : null;
    if (input != null) {
      block.move(input, host, from);
      accelerator.toDevice(input, input.bytes());
      return;
    }
    block.useOwnMemory(frames);
    block.bind(host, from);
    if (options.length().fixed() && frames == options.length().forwardFrames()) {
      accelerator.record();
    }
    if (accelerator.uploadDirect(block, frames)) {
      return;
    }
    long bytes = frames * host.type().bytes();
    MemorySegment staging = block.memory().host();
    for (int plane = 0; plane < host.planes(); plane++) {
      MemorySegment.copy(
          host.segment(),
          plane * host.layout().strideBytes() + start(host, from),
          staging,
          plane * bytes,
          bytes);
    }
    accelerator.toDevice(block.memory(), bytes * host.planes());
  }

  @Override
  public void bind(SignalBuffer host, long at, GpuBlock block) {
    block.bind(host, at);
    DeviceMemory wrap = host.isOnDevice() ? resident(host) : null;
    if (wrap == null && accelerator.sharesMemory()) {
      wrap = wraps.find(host, input);
    }
    if (wrap != null) {
      block.move(wrap, host, at);
    } else {
      long room = block.ownMemory().bytes() / block.planes() / host.type().bytes();
      block.useOwnMemory(Math.min(room, host.frames() - at));
    }
  }

  @Override
  public void view(GpuBlock block, long from, GpuBlock view) {
    view.move(block, from);
  }

  @Override
  public void download(GpuBlock block, long frames) {
    SignalBuffer host = block.host();
    if (frames == 0 || host.isOnDevice()) {
      accelerator.replay();
      return;
    }
    if (!block.usesOwnMemory()) {
      accelerator.toHost(block.memory(), block.memory().bytes());
      return;
    }
    if (accelerator.downloadDirect(block, frames)) {
      return;
    }
    long bytes = frames * host.type().bytes();
    long stride = block.stride() * host.type().bytes();
    accelerator.toHost(block.memory(), stride * (host.planes() - 1) + bytes);
    for (int plane = 0; plane < host.planes(); plane++) {
      MemorySegment.copy(
          block.memory().host(),
          plane * stride,
          host.segment(),
          plane * host.layout().strideBytes() + start(host, block.hostAt()),
          bytes);
    }
  }

  @Override
  public void finish() {
    accelerator.finish();
  }

  @Override
  public void abandon() {
    accelerator.abandon();
  }

  @Override
  public boolean transfers() {
    return !accelerator.sharesMemory();
  }

  private static long start(SignalBuffer host, long frame) {
    return frame * host.type().bytes();
  }

  @Override
  public Kernel<GpuBlock> kernel(Step step) {
    KernelSetup setup = new KernelSetup(accelerator, options, step);
    return switch (step.stage()) {
      case SosCascade _ -> new CascadeKernel(setup);
      case Gain _ -> new GainKernel(setup);
      case Delay _ -> new DelayKernel(setup);
      case Mix _ -> new MixKernel(setup);
      case Fir _ -> FirKernel.of(setup);
      case Resample _ -> ResampleKernel.of(setup);
      case Fft _, InverseFft _ -> new FftKernel(setup);
      case CustomStage custom ->
          throw new BackendException(custom.describe() + " is Java, which runs on the CPU");
      case Iir _, FirDesign _ ->
          throw new IllegalArgumentException(step.stage().describe() + " was not lowered");
    };
  }

  /** Half of what a device allows: a transform may put out a whole block more than its share. */
  private long blockBytes() {
    return Math.min(BLOCK_BYTES, accelerator.limits().largestAllocation() / 2);
  }

  @Override
  public long chunkFrames(int kernels, long bytesPerFrame) {
    long most = blockBytes();
    return Math.max(1, most / bytesPerFrame);
  }

  @Override
  public String describe() {
    return accelerator.limits().computeUnits()
        + " compute units, blocks of up to "
        + blockBytes() / 1024
        + " KiB";
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      wraps.close();
      blocks.forEach(DeviceMemory::close);
      leave();
    }
  }

  private void leave() {
    if (users.decrementAndGet() == 0) {
      accelerator.close();
    }
  }
}
