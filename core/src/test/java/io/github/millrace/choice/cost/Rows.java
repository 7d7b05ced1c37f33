package io.github.millrace.choice.cost;

import io.github.millrace.signal.SampleType;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A profile of devices that do not exist, row by row. */
public final class Rows {

  private final Map<DeviceKey, DeviceCost> devices = new LinkedHashMap<>();
  private final Map<StepKey, StepCost> steps = new LinkedHashMap<>();

  /** A device that works in the caller's memory, starts at once and is called for nothing. */
  public Rows device(DeviceKey device) {
    return device(device, new DeviceCost(0, 0, 1 << 18, Optional.empty(), Optional.empty()));
  }

  /** A device. */
  public Rows device(DeviceKey device, DeviceCost cost) {
    devices.put(device, cost);
    return this;
  }

  /** A device with memory of its own. */
  public Rows card(DeviceKey device, double startNanos, double blockNanos, double byteNanos) {
    var way = Optional.of(new DeviceCost.Transfer(blockNanos, byteNanos));
    return device(device, new DeviceCost(startNanos, 0, 32 << 20, way, way));
  }

  /** A kind of stage in float64 samples, for any number of threads. */
  public Rows step(DeviceKey device, StageKind kind, PathCost sequential) {
    return step(device, kind, 0, new StepCost(sequential, Optional.empty()));
  }

  /** A cascade in float64 samples, by both paths. */
  public Rows cascade(DeviceKey device, PathCost sequential, PathCost parallel) {
    return step(device, StageKind.CASCADE, 0, new StepCost(sequential, Optional.of(parallel)));
  }

  /** A kind of stage in float64 samples. */
  public Rows step(DeviceKey device, StageKind kind, int threads, StepCost cost) {
    steps.put(new StepKey(device, SampleType.FLOAT64, SampleType.FLOAT64, kind, threads), cost);
    return this;
  }

  /** The profile. */
  public Profile profile() {
    return new Profile(devices, steps);
  }
}
