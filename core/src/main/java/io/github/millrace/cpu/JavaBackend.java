package io.github.millrace.cpu;

import io.github.millrace.backend.Backend;
import io.github.millrace.backend.Device;
import io.github.millrace.plan.Bits;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;
import io.github.millrace.stage.Stage;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The reference: plain Java, everywhere, for every stage, computing in float64. */
public final class JavaBackend implements Backend {

  /** Made by the service loader. */
  public JavaBackend() {}

  @Override
  public String name() {
    return "java";
  }

  @Override
  public int rank() {
    return 1000;
  }

  @Override
  public boolean onProcessor() {
    return true;
  }

  @Override
  public OptionalLong shippedThreshold(SampleType arithmetic) {
    return OptionalLong.empty();
  }

  @Override
  public List<DeviceDescription> devices() {
    String cores = Runtime.getRuntime().availableProcessors() + " cores";
    String driver = System.getProperty("java.vm.name") + " " + Runtime.version();
    long memory = Runtime.getRuntime().maxMemory();
    return List.of(
        new DeviceDescription(
            name(),
            0,
            System.getProperty("os.arch") + ", " + cores,
            true,
            "",
            memory,
            true,
            driver));
  }

  @Override
  public Optional<String> refusal(Stage stage, DeviceDescription device, Precision precision) {
    return precision == Precision.FAST
        ? Optional.of("it computes in float64 only (precise), fast was asked for")
        : Optional.empty();
  }

  @Override
  public Optional<String> refusal(Stage stage, Bits bits) {
    return Optional.empty();
  }

  @Override
  public Device<?> open(DeviceDescription device, PlanOptions options) {
    return new CpuDevice(device, options);
  }
}
