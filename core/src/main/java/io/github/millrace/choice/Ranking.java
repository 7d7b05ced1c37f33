package io.github.millrace.choice;

import io.github.millrace.backend.Backend;
import io.github.millrace.choice.cost.CostModel;
import io.github.millrace.choice.cost.DeviceKey;
import io.github.millrace.choice.cost.Profile;
import io.github.millrace.engine.Chain;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Prediction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The order in which {@code auto} tries devices: the one with the smallest predicted time first,
 * where all backends that run on the CPU were measured, else in the shipped order. Backends are
 * asked for their devices when their turn comes, because looking for them may load a library.
 */
final class Ranking {

  /**
   * Samples of a signal from which, without a profile, a device with memory of its own is tried
   * first: a gigabyte of float32, which takes a core a tenth of a second a section. Below, opening
   * a device may take longer than it saves.
   */
  static final long SHIPPED_SAMPLES = 1L << 28;

  /**
   * A backend that comes earlier in the shipped order wins a draw: measured times differ by so
   * much.
   */
  private static final double DRAW = 1.05;

  /** A device to try. */
  record Entry(Backend backend, DeviceDescription device, Optional<Prediction> prediction) {}

  /** A device that was measured, not asked yet. */
  private record Measured(Backend backend, DeviceKey key, Prediction prediction) {
    double nanos() {
      return prediction.totalNanos();
    }
  }

  private final List<Backend> backends;
  private final Chain chain;
  private final PlanOptions options;
  private final Environment environment;
  private Profile profile;

  Ranking(List<Backend> backends, Chain chain, PlanOptions options, Environment environment) {
    this.backends = backends;
    this.chain = chain;
    this.options = options;
    this.environment = environment;
    Profile.Reading reading = environment.profile().get();
    reading.warnings().forEach(environment.warning());
    profile = reading.profile();
  }

  /** The devices, each backend asked when its turn comes. */
  Stream<Entry> inTurn() {
    List<Measured> measured = measured();
    List<Stream<Entry>> turns = new ArrayList<>();
    if (measured.isEmpty() && isLong()) {
      turns.add(notOnProcessor());
    }
    measured.forEach(one -> turns.add(Stream.of(one).flatMap(this::here)));
    backends.stream()
        .sorted((a, b) -> Boolean.compare(b.onProcessor(), a.onProcessor()))
        .forEach(backend -> turns.add(Stream.of(backend).flatMap(this::all)));
    Stream<Entry> entries = turns.stream().flatMap(turn -> turn);
    return turns.size() == backends.size() ? entries : entries.distinct();
  }

  /** The devices of backends that were asked for by name. */
  Stream<Entry> of(List<Backend> named) {
    return named.stream().flatMap(this::all);
  }

  /** The profile, without what no longer holds. */
  Profile profile() {
    return profile;
  }

  /** Whether the signal is long enough for a device that was not measured. */
  boolean isLong() {
    return options.length().totalFrames() >= SHIPPED_SAMPLES / chain.in().channels();
  }

  private Stream<Entry> notOnProcessor() {
    return backends.stream()
        .filter(backend -> !backend.onProcessor())
        .flatMap(this::all)
        .filter(entry -> !entry.backend().isProcessor(entry.device()));
  }

  private Stream<Entry> all(Backend backend) {
    return backend.devices().stream()
        .map(device -> new Entry(backend, device, predict(DeviceKey.of(device))));
  }

  private Stream<Entry> here(Measured one) {
    return all(one.backend()).filter(entry -> DeviceKey.of(entry.device()).equals(one.key()));
  }

  private Optional<Prediction> predict(DeviceKey key) {
    return new CostModel(profile).predict(key, chain.steps(), options);
  }

  /** The measured devices, best first; empty where the CPU's own backends cannot be compared. */
  private List<Measured> measured() {
    Set<DeviceKey> stale = new HashSet<>();
    while (!profile.isEmpty()) {
      List<Measured> found = sorted();
      if (found.isEmpty() || !processorsAreMeasured(found)) {
        return List.of();
      }
      if (here(found.getFirst()).findAny().isPresent()) {
        return found;
      }
      warnIfChanged(found.getFirst().backend().devices().getFirst());
      stale.add(found.getFirst().key());
      profile = profile.without(stale);
    }
    return List.of();
  }

  /** Warns if a backend was measured, but not on this device with this driver. */
  void warnIfChanged(DeviceDescription device) {
    List<DeviceKey> measured = profile.devices(device.backend());
    if (!measured.isEmpty() && !measured.contains(DeviceKey.of(device))) {
      String before = measured.getFirst().device() + " (" + measured.getFirst().driver() + ")";
      String now =
          device.available() ? device.name() + " (" + device.driver() + ")" : device.reason();
      environment
          .warning()
          .accept(
              "the profile measured "
                  + device.backend()
                  + " on "
                  + before
                  + ", now it is "
                  + now
                  + ": its lines are ignored, run millrace tune again");
    }
  }

  private List<Measured> sorted() {
    List<Measured> found = new ArrayList<>();
    for (Backend backend : backends) {
      for (DeviceKey key : profile.devices(backend.name())) {
        predict(key).ifPresent(time -> found.add(new Measured(backend, key, time)));
      }
    }
    double least = found.stream().mapToDouble(Measured::nanos).min().orElse(0);
    found.sort(Comparator.comparingDouble(one -> one.nanos() <= DRAW * least ? 0 : one.nanos()));
    return found;
  }

  /** Whether each of the CPU's backends was measured here, or cannot run the chain anyway. */
  private boolean processorsAreMeasured(List<Measured> found) {
    return backends.stream()
        .filter(Backend::onProcessor)
        .filter(backend -> found.stream().noneMatch(one -> one.backend().equals(backend)))
        .noneMatch(this::runs);
  }

  private boolean runs(Backend backend) {
    return backend.devices().stream()
        .anyMatch(
            device ->
                device.available()
                    && chain.steps().stream()
                        .allMatch(
                            step ->
                                Planner.refusals(backend, step.stage(), device, options)
                                    .findAny()
                                    .isEmpty()));
  }
}
