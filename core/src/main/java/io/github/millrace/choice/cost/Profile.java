package io.github.millrace.choice.cost;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was measured of the devices of a machine: immutable. Any thread.
 *
 * @param devices what each device costs
 * @param steps what each kind of stage costs on it
 */
public record Profile(Map<DeviceKey, DeviceCost> devices, Map<StepKey, StepCost> steps) {

  /** Nothing was measured. */
  public static final Profile EMPTY = new Profile(Map.of(), Map.of());

  /** Copies the maps. */
  public Profile {
    devices = Collections.unmodifiableMap(new LinkedHashMap<>(devices));
    steps = Collections.unmodifiableMap(new LinkedHashMap<>(steps));
  }

  /** Whether nothing was measured. */
  public boolean isEmpty() {
    return devices.isEmpty();
  }

  /** The devices of a backend that were measured. */
  public List<DeviceKey> devices(String backend) {
    return devices.keySet().stream().filter(key -> key.backend().equals(backend)).toList();
  }

  /** What a device costs beside its kernels. */
  public Optional<DeviceCost> cost(DeviceKey device) {
    return Optional.ofNullable(devices.get(device));
  }

  /** The rows of one device, types and kind, by their number of threads. */
  TreeMap<Integer, StepCost> rows(StepKey any) {
    TreeMap<Integer, StepCost> rows = new TreeMap<>();
    steps.forEach(
        (key, cost) -> {
          if (key.kind() == any.kind()
              && key.type() == any.type()
              && key.arithmetic() == any.arithmetic()
              && key.device().equals(any.device())) {
            rows.put(key.threads(), cost);
          }
        });
    return rows;
  }

  /** What was measured here, and what only the older profile has. */
  public Profile over(Profile older) {
    Map<DeviceKey, DeviceCost> allDevices = new LinkedHashMap<>(older.devices);
    allDevices.putAll(devices);
    Map<StepKey, StepCost> allSteps = new LinkedHashMap<>(older.steps);
    allSteps.putAll(steps);
    return new Profile(allDevices, allSteps);
  }

  /** This profile without some devices. */
  public Profile without(Set<DeviceKey> stale) {
    if (stale.isEmpty()) {
      return this;
    }
    Map<DeviceKey, DeviceCost> keptDevices = new LinkedHashMap<>(devices);
    keptDevices.keySet().removeAll(stale);
    Map<StepKey, StepCost> keptSteps = new LinkedHashMap<>(steps);
    keptSteps.keySet().removeIf(key -> stale.contains(key.device()));
    return new Profile(keptDevices, keptSteps);
  }

  /**
   * A profile as it was read.
   *
   * @param profile what could be read
   * @param warnings what could not, and why
   */
  public record Reading(Profile profile, List<String> warnings) {

    /** Copies the list. */
    public Reading {
      warnings = List.copyOf(warnings);
    }

    /** Without a warning. */
    public Reading(Profile profile) {
      this(profile, List.of());
    }
  }
}
