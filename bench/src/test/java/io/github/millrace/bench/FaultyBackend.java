package io.github.millrace.bench;

import io.github.millrace.backend.Backend;
import io.github.millrace.backend.Device;
import io.github.millrace.backend.Kernel;
import io.github.millrace.backend.Step;
import io.github.millrace.cpu.CpuBlock;
import io.github.millrace.cpu.CpuDevice;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.stage.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A backend that is wrong on purpose, one way on each of its devices. */
public final class FaultyBackend implements Backend {

  /** What goes wrong. */
  enum Fault {
    /** Every sample by one part in two million, a few roundings of a float32. */
    SLIGHT(1 + 0x1p-21),
    /** Only silence. */
    SILENT(0),
    /** No number at all. */
    NAN(Double.NaN),
    /** Nothing: shows that the faults are what is caught. */
    NONE(1);

    private final double gain;

    Fault(double gain) {
      this.gain = gain;
    }

    /** The word for {@code --backend}. */
    String backend() {
      return "faulty:" + name().toLowerCase(Locale.ROOT);
    }
  }

  /** Made by the service loader. */
  public FaultyBackend() {}

  @Override
  public String name() {
    return "faulty";
  }

  @Override
  public int rank() {
    return 2000;
  }

  @Override
  public List<DeviceDescription> devices() {
    List<DeviceDescription> devices = new ArrayList<>();
    for (Fault fault : Fault.values()) {
      devices.add(
          new DeviceDescription(name(), devices.size(), fault.name(), true, "", 0, true, ""));
    }
    return devices;
  }

  @Override
  public Optional<String> refusal(Stage stage, DeviceDescription device, Precision precision) {
    return Optional.empty();
  }

  @Override
  public Device<?> open(DeviceDescription device, PlanOptions options) {
    double gain = Fault.valueOf(device.name()).gain;
    return new CpuDevice(device, options) {
      @Override
      public Kernel<CpuBlock> kernel(Step step) {
        return super.kernel(
            new Step(step.stage(), step.in(), step.loadGain(), step.storeGain() * gain));
      }
    };
  }
}
