package io.github.millrace.simd;

import io.github.millrace.backend.Backend;
import io.github.millrace.backend.Device;
import io.github.millrace.host.CacheSize;
import io.github.millrace.plan.BackendException;
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
import io.github.millrace.stage.Stage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * C kernels on the CPU: cascades in SIMD lanes, FIR filters, resamplers, mixes and gains, every
 * other stage in Java beside them.
 */
public final class NativeBackend implements Backend {

  /**
   * Frames from which segments in lanes pay, for float64 and float32 arithmetic: as soon as each of
   * the widest vectors' lanes has the shortest segment, where float64 was 2.1 and 1.2 times as fast
   * as one frame after the other with one and four sections (2-core EPYC Zen 4 VM, AVX-512,
   * 2026-11-26).
   */
  private static final long THRESHOLD = 256;

  private static final long FAST_THRESHOLD = 512;

  private final Supplier<NativeLibrary> source;
  private final String asked;
  private final long cacheBytes;

  /** Made by the service loader; loads nothing yet. */
  public NativeBackend() {
    this(NativeLibrary::get, System.getProperty(NativeLibrary.VARIANT, ""), CacheSize.lastLevel());
  }

  /**
   * Over a library of one's own.
   *
   * @param asked the variant to use; the best where it is empty
   */
  NativeBackend(Supplier<NativeLibrary> source, String asked) {
    this(source, asked, CacheSize.lastLevel());
  }

  /**
   * Over a library of one's own, as on a processor with another cache.
   *
   * @param cacheBytes of the last level
   */
  NativeBackend(Supplier<NativeLibrary> source, String asked, long cacheBytes) {
    this.source = source;
    this.asked = asked;
    this.cacheBytes = cacheBytes;
  }

  @Override
  public String name() {
    return "native";
  }

  @Override
  public int rank() {
    return 100;
  }

  @Override
  public boolean onProcessor() {
    return true;
  }

  @Override
  public OptionalLong shippedThreshold(SampleType arithmetic) {
    return OptionalLong.of(threshold(arithmetic));
  }

  /** The threshold where none is given. */
  static long threshold(SampleType arithmetic) {
    return arithmetic == SampleType.FLOAT32 ? FAST_THRESHOLD : THRESHOLD;
  }

  @Override
  public List<DeviceDescription> devices() {
    NativeLibrary library = source.get();
    if (!library.isLoaded()) {
      return List.of(DeviceDescription.absent(name(), library.reason()));
    }
    if (library.variant(asked).isEmpty()) {
      return List.of(
          DeviceDescription.absent(
              name(),
              "variant '" + asked + "' is not one of " + String.join(", ", library.variants())));
    }
    String device =
        System.getProperty("os.arch")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " cores, "
            + library.variant(asked).get();
    long memory = Runtime.getRuntime().maxMemory();
    return List.of(
        new DeviceDescription(
            name(), 0, device, true, "", memory, true, "C, " + library.variants()));
  }

  @Override
  public Optional<String> refusal(Stage stage, DeviceDescription device, Precision precision) {
    return Optional.empty();
  }

  @Override
  public Optional<String> refusal(Stage stage, Bits bits) {
    return Optional.empty();
  }

  @Override
  public boolean computesFast(Stage stage) {
    return switch (stage) {
      case SosCascade _ -> SosCascade.holdsInFloat32(stage);
      case Iir _, Fir _, FirDesign _, Resample _, Gain _, Mix _ -> true;
      case Delay _, Fft _, InverseFft _, CustomStage _ -> false;
    };
  }

  @Override
  public Device<?> open(DeviceDescription device, PlanOptions options) {
    NativeLibrary library = source.get();
    String variant =
        library
            .variant(asked)
            .orElseThrow(() -> new BackendException("native: " + device.reason()));
    var code = new NativeDevice.Code(library, variant, cacheBytes / 2);
    return new NativeDevice(device, options, code);
  }
}
