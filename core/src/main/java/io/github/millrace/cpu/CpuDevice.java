package io.github.millrace.cpu;

import io.github.millrace.backend.Device;
import io.github.millrace.backend.Kernel;
import io.github.millrace.backend.Step;
import io.github.millrace.host.Crew;
import io.github.millrace.plan.Bits;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.PlanOptions;
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
import java.util.ArrayList;
import java.util.List;

/** The CPU as a device: shares the caller's memory, computes in plain Java. */
public class CpuDevice implements Device<CpuBlock> {

  /** Bytes of one thread's share of a sub-block: two of them stay in a 1 MiB second-level cache. */
  private static final long SHARE_BYTES = 256 * 1024;

  private final DeviceDescription info;
  private final Crew crew;
  private final Bits bits;
  private final List<SignalBuffer> scratch = new ArrayList<>();

  /** A device with a crew of as many threads as the options say. */
  public CpuDevice(DeviceDescription info, PlanOptions options) {
    this.info = info;
    bits = options.bits();
    crew = new Crew(options.threadCount());
  }

  /** The threads that kernels of this device share. */
  protected final Crew crew() {
    return crew;
  }

  @Override
  public DeviceDescription info() {
    return info;
  }

  @Override
  public CpuBlock allocate(StreamFormat format, long frames) {
    SignalBuffer buffer = SignalBuffer.allocate(format, frames);
    scratch.add(buffer);
    CpuBlock block = hostBlock(format, frames);
    block.move(buffer, 0);
    return block;
  }

  @Override
  public CpuBlock hostBlock(StreamFormat format, long frames) {
    return new CpuBlock(format.type(), format.planes());
  }

  @Override
  public void upload(SignalBuffer host, long from, CpuBlock block, long frames) {
    block.move(host, from);
  }

  @Override
  public void bind(SignalBuffer host, long at, CpuBlock block) {
    block.move(host, at);
  }

  @Override
  public void view(CpuBlock block, long from, CpuBlock view) {
    view.move(block, from);
  }

  @Override
  public void download(CpuBlock block, long frames) {}

  @Override
  public Kernel<CpuBlock> kernel(Step step) {
    return switch (step.stage()) {
      case SosCascade _ ->
          bits == Bits.GRID
              ? new CellCascadeKernel(step, crew)
              : new CascadeKernel(step, crew, bits);
      case Gain _ -> new GainKernel(step, crew);
      case Delay _ -> new DelayKernel(step, crew);
      case Mix _ -> new MixKernel(step, crew);
      case CustomStage _ -> new CustomStageKernel(step);
      case Fir _ -> FirKernel.of(step, crew, bits);
      case Fft _ -> new FftKernel(step, crew);
      case InverseFft _ -> new InverseFftKernel(step, crew);
      case Resample _ -> ResampleKernel.of(step, crew);
      case Iir _, FirDesign _ ->
          throw new IllegalArgumentException(step.stage().describe() + " was not lowered");
    };
  }

  @Override
  public long chunkFrames(int kernels, long bytesPerFrame) {
    if (bits == Bits.GRID && kernels > 1) {
      return Bits.CELL; // what a stage yields is then cut where its input is
    }
    return kernels == 1
        ? Long.MAX_VALUE
        : Math.max(1024, SHARE_BYTES * crew.parts() / bytesPerFrame);
  }

  @Override
  public String describe() {
    return crew.parts() + (crew.parts() == 1 ? " thread" : " threads");
  }

  @Override
  public void close() {
    scratch.forEach(SignalBuffer::close);
  }
}
