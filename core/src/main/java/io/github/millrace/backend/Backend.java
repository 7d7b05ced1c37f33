package io.github.millrace.backend;

import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.Bits;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;
import io.github.millrace.stage.SosCascade;
import io.github.millrace.stage.Stage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A way to run plans, found by {@link java.util.ServiceLoader}. Implementations are stateless and
 * safe for any thread; nothing in them may throw because a driver or library is missing.
 */
public interface Backend {

  /**
   * Where a parallel scan of some 135 us caught up with one frame after the other, by arithmetic:
   * near 2,560 and 1,024 frames on an RTX 3070, as published for TorchFX.
   */
  long FLOAT32_THRESHOLD = 2048;

  /** See {@link #FLOAT32_THRESHOLD}. */
  long FLOAT64_THRESHOLD = 1024;

  /** Short lower-case name, as {@code --backend} takes it. */
  String name();

  /** Place in the order in which {@code auto} asks; the smallest is asked first. */
  int rank();

  /** The devices, or one absent device with the reason; never empty, never throws. */
  List<DeviceDescription> devices();

  /**
   * Whether it always computes on the CPU that runs the JVM. Such backends are what {@code auto}
   * falls back to, and asking for their devices costs next to nothing.
   */
  default boolean onProcessor() {
    return false;
  }

  /** Whether a device is the CPU that runs the JVM, which the backends made for it use better. */
  default boolean isProcessor(DeviceDescription device) {
    return onProcessor();
  }

  /**
   * The threshold where none is given and none was measured: frames per forward from which cascades
   * run parallel in time.
   *
   * @param arithmetic of the numbers inside
   * @return empty where cascades never do
   */
  default OptionalLong shippedThreshold(SampleType arithmetic) {
    return OptionalLong.of(
        arithmetic == SampleType.FLOAT32 ? FLOAT32_THRESHOLD : FLOAT64_THRESHOLD);
  }

  /**
   * Why a device cannot run a stage, or empty if it can.
   *
   * @param stage a stage, recipe or lowered
   * @param device one of {@link #devices}
   * @param precision what is asked for
   */
  Optional<String> refusal(Stage stage, DeviceDescription device, Precision precision);

  /**
   * Why a stage, recipe or lowered, cannot keep a promise about bits, or empty if it can; every
   * backend keeps {@link Bits#REPEAT}.
   */
  default Optional<String> refusal(Stage stage, Bits bits) {
    return bits == Bits.REPEAT
        ? Optional.empty()
        : Optional.of("it promises bits repeat only, " + bits.word() + " was asked for");
  }

  /**
   * Whether a lowered stage has float32 arithmetic here. A stage that has none is no reason to
   * refuse {@link Precision#FAST}: it computes in float64, and the plan says so.
   */
  default boolean computesFast(Stage stage) {
    return SosCascade.holdsInFloat32(stage);
  }

  /**
   * Opens a device for one plan.
   *
   * @throws BackendException if it cannot be opened
   */
  Device<?> open(DeviceDescription device, PlanOptions options);
}
