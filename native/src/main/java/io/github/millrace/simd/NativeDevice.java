package io.github.millrace.simd;

import io.github.millrace.backend.Kernel;
import io.github.millrace.backend.Step;
import io.github.millrace.cpu.CpuBlock;
import io.github.millrace.cpu.CpuDevice;
import io.github.millrace.plan.Bits;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;
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

/**
 * The CPU with C kernels for cascades, FIR filters, resamplers, mixes and gains; all other stages
 * run in Java.
 */
final class NativeDevice extends CpuDevice {

  /**
   * What runs.
   *
   * @param streamedBytes output of more than that is stored around the caches
   */
  record Code(NativeLibrary library, String variant, long streamedBytes) {}

  private final Code code;
  private final PlanOptions options;

  NativeDevice(DeviceDescription info, PlanOptions options, Code code) {
    super(info, options);
    this.code = code;
    this.options = options;
  }

  @Override
  public Kernel<CpuBlock> kernel(Step step) {
    Setting setting = new Setting(code, options(step), threshold(step), crew());
    return switch (step.stage()) {
      case SosCascade _ -> new NativeCascadeKernel(step, setting);
      case Fir fir ->
          setting.bits() == Bits.FRAME && NativeFirKernel.isTooLong(fir)
              ? super.kernel(step)
              : new NativeFirKernel(step, setting);
      case Gain _, Mix _ -> new WeightedSumKernel(step, setting);
      case Resample _ -> NativeResampleKernel.of(step, setting);
      case Delay _, Fft _, InverseFft _, CustomStage _, Iir _, FirDesign _ -> super.kernel(step);
    };
  }

  private PlanOptions options(Step step) {
    return SosCascade.holdsInFloat32(step.stage())
        ? options
        : options.withPrecision(Precision.PRECISE);
  }

  private long threshold(Step step) {
    SampleType arithmetic = options(step).precision().arithmetic(step.in().type());
    return options.threshold().orElse(NativeBackend.threshold(arithmetic));
  }
}
