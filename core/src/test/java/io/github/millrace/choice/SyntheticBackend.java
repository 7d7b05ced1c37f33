package io.github.millrace.choice;

import io.github.millrace.backend.Backend;
import io.github.millrace.backend.Device;
import io.github.millrace.choice.cost.DeviceKey;
import io.github.millrace.cpu.CpuDevice;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.stage.Stage;
import java.util.List;
import java.util.Optional;

/** A backend over the Java kernels that passes for anything, and counts who asks. */
final class SyntheticBackend implements Backend {

  private final String name;
  private final boolean onProcessor;
  private DeviceDescription device;
  private String refusal = "";
  private boolean onCores;
  private int asked;

  SyntheticBackend(String name, boolean onProcessor) {
    this.name = name;
    this.onProcessor = onProcessor;
    device = device("driver 1");
  }

  private DeviceDescription device(String driver) {
    return new DeviceDescription(name, 0, name + " one", true, "", 0, true, driver);
  }

  /** Updates its driver. */
  SyntheticBackend withDriver(String driver) {
    device = device(driver);
    return this;
  }

  /** Loses its device. */
  SyntheticBackend absent(String reason) {
    device = DeviceDescription.absent(name, reason);
    return this;
  }

  /** Is a driver of its own, whose device is the CPU. */
  SyntheticBackend onCores() {
    onCores = true;
    return this;
  }

  /** Refuses every stage. */
  SyntheticBackend refusing(String reason) {
    refusal = reason;
    return this;
  }

  /** The device as it is with its first driver. */
  DeviceKey key() {
    return DeviceKey.of(device("driver 1"));
  }

  /** How often it was asked for its devices. */
  int asked() {
    return asked;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int rank() {
    return 1;
  }

  @Override
  public boolean onProcessor() {
    return onProcessor;
  }

  @Override
  public boolean isProcessor(DeviceDescription of) {
    return onProcessor || onCores;
  }

  @Override
  public List<DeviceDescription> devices() {
    asked++;
    return List.of(device);
  }

  @Override
  public Optional<String> refusal(Stage stage, DeviceDescription of, Precision precision) {
    return refusal.isEmpty() ? Optional.empty() : Optional.of(refusal);
  }

  @Override
  public Device<?> open(DeviceDescription of, PlanOptions options) {
    return new CpuDevice(of, PlanOptions.DEFAULTS.withThreads(1));
  }
}
