package io.github.millrace.plan;

import io.github.millrace.stage.Stage;
import java.util.List;
import java.util.Optional;

/**
 * A way to run plans, found by {@link java.util.ServiceLoader}. Implementations are stateless and
 * safe for any thread; nothing in them may throw because a driver or library is missing.
 */
public interface Backend {

  /** Short lower-case name, as {@code --backend} takes it. */
  String name();

  /** Place in the order in which {@code auto} asks; the smallest is asked first. */
  int rank();

  /** The devices, or one absent device with the reason; never empty, never throws. */
  List<DeviceInfo> devices();

  /**
   * Why a device cannot run a stage, or empty if it can.
   *
   * @param stage a stage, recipe or lowered
   * @param device one of {@link #devices}
   * @param precision what is asked for
   */
  Optional<String> refusal(Stage stage, DeviceInfo device, Precision precision);

  /**
   * Whether a lowered stage has float32 arithmetic here. A stage that has none is no reason to
   * refuse {@link Precision#FAST}: it computes in float64, and the plan says so.
   */
  default boolean computesFast(Stage stage) {
    return true;
  }

  /**
   * Opens a device for one plan.
   *
   * @throws BackendException if it cannot be opened
   */
  Device<?> open(DeviceInfo device, PlanOptions options);
}
