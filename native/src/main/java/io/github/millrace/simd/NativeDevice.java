package io.github.millrace.simd;

import io.github.millrace.cpu.CpuBlock;
import io.github.millrace.cpu.CpuDevice;
import io.github.millrace.plan.DeviceInfo;
import io.github.millrace.plan.Kernel;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.plan.Step;
import io.github.millrace.signal.SampleType;
import io.github.millrace.stage.Fir;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.Resample;
import io.github.millrace.stage.SosCascade;

/**
 * The CPU with C kernels for cascades, FIR filters, resamplers, mixes and gains; all other stages
 * run in Java.
 */
final class NativeDevice extends CpuDevice {

  /**
   * Frames from which lanes pay, for float64 and float32 arithmetic: as soon as each lane has the
   * shortest segment. That is 512 and 1,024 frames with the widest vectors, where lanes were 2.1 to
   * 3.4 and 2.9 to 3.9 times as fast as one frame after the other (one to eight sections, Zen 5 VM,
   * AVX-512, November 2026), and half of it with half as wide ones.
   */
  private static final long THRESHOLD = 256;

  private static final long FAST_THRESHOLD = 512;

  private final NativeLibrary library;
  private final String variant;
  private final PlanOptions options;

  NativeDevice(DeviceInfo info, PlanOptions options, NativeLibrary library, String variant) {
    super(info, options.threadCount());
    this.library = library;
    this.variant = variant;
    this.options = options;
  }

  @Override
  public Kernel<CpuBlock> kernel(Step step) {
    Setting setting = new Setting(library, variant, options.precision(), threshold(step), crew());
    return switch (step.stage()) {
      case SosCascade _ -> new NativeCascadeKernel(step, setting);
      case Fir _ -> new NativeFirKernel(step, setting);
      case Gain _, Mix _ -> new NativeMixKernel(step, setting);
      case Resample _ -> NativeResampleKernel.of(step, setting);
      default -> super.kernel(step);
    };
  }

  private long threshold(Step step) {
    boolean narrow =
        step.in().type() == SampleType.FLOAT32 && options.precision() == Precision.FAST;
    return options.threshold().orElse(narrow ? FAST_THRESHOLD : THRESHOLD);
  }
}
