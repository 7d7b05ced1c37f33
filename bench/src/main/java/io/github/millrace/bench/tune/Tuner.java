package io.github.millrace.bench.tune;

import io.github.millrace.backend.Backend;
import io.github.millrace.bench.WrongOutputException;
import io.github.millrace.choice.cost.DeviceCost;
import io.github.millrace.choice.cost.DeviceKey;
import io.github.millrace.choice.cost.Profile;
import io.github.millrace.choice.cost.StepCost;
import io.github.millrace.choice.cost.StepKey;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.DeviceDescription;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Precision;
import io.github.millrace.signal.SampleType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Measures every kind of stage on every device that is present, and leaves out what computes
 * something else than the Java reference. One thread.
 */
public final class Tuner {

  /** Is told before each of the measurements. */
  public interface Listener {

    /**
     * Takes note.
     *
     * @param done measurements so far
     * @param total of all
     * @param next what comes
     */
    void next(int done, int total, String next);
  }

  /**
   * What came of it.
   *
   * @param profile what was measured
   * @param notes what was left out, and why
   * @param complete whether everything was
   */
  public record Result(Profile profile, List<String> notes, boolean complete) {}

  /** One kind of stage on one device in one format with one number of threads. */
  private record Task(
      Backend backend,
      DeviceDescription device,
      Probe probe,
      SampleType type,
      PlanOptions options) {

    String describe() {
      SampleType arithmetic = options.precision().arithmetic(type);
      return device.backend()
          + ":"
          + device.index()
          + " "
          + probe.kind().word()
          + " "
          + type.shortName()
          + " in "
          + arithmetic.shortName()
          + (backend.onProcessor() ? ", threads: " + options.threads() : "");
    }

    StepKey key() {
      int threads = backend.onProcessor() ? options.threads() : 0;
      SampleType arithmetic = options.precision().arithmetic(type);
      return new StepKey(DeviceKey.of(device), type, arithmetic, probe.kind(), threads);
    }
  }

  private final Effort effort;
  private final Listener listener;
  private final List<Task> tasks = new ArrayList<>();
  private final Map<DeviceKey, DeviceCost> devices = new LinkedHashMap<>();
  private final Map<StepKey, StepCost> steps = new LinkedHashMap<>();
  private final List<String> notes = new ArrayList<>();
  private final LongSupplier clock;
  private int done;

  /** A tuner of these backends. */
  public Tuner(List<Backend> backends, Effort effort, Listener listener) {
    this(backends, effort, listener, System::nanoTime);
  }

  /** A tuner by a clock of one's own, in nanoseconds. */
  public Tuner(List<Backend> backends, Effort effort, Listener listener, LongSupplier clock) {
    this.effort = effort;
    this.listener = listener;
    this.clock = clock;
    for (Backend backend : backends) {
      long begin = System.nanoTime();
      List<DeviceDescription> found = backend.devices();
      double nanos = System.nanoTime() - begin;
      for (DeviceDescription device : found) {
        if (device.available()) {
          devices.put(
              DeviceKey.of(device),
              new DeviceCost(nanos, 0, 0, Optional.empty(), Optional.empty()));
          plan(backend, device);
        }
      }
    }
    // the processor under another name is asked last by auto too
    tasks.sort(Comparator.comparing(Tuner::isDisguised));
  }

  private static boolean isDisguised(Task task) {
    return !task.backend().onProcessor() && task.backend().isProcessor(task.device());
  }

  private void plan(Backend backend, DeviceDescription device) {
    int cores = Runtime.getRuntime().availableProcessors();
    List<Integer> counts = backend.onProcessor() && cores > 1 ? List.of(1, cores) : List.of(cores);
    PlanOptions options = PlanOptions.DEFAULTS.withBackend(device.backend() + ":" + device.index());
    for (SampleType type : SampleType.values()) {
      for (Precision precision : Precision.values()) {
        if (precision == Precision.FAST && type == SampleType.FLOAT64) {
          continue;
        }
        for (Probe probe : Probe.all()) {
          for (int threads : counts) {
            PlanOptions asked = options.withPrecision(precision).withThreads(threads);
            if (runs(backend, device, probe, precision)) {
              tasks.add(new Task(backend, device, probe, type, asked));
            }
          }
        }
      }
    }
  }

  private static boolean runs(
      Backend backend, DeviceDescription device, Probe probe, Precision precision) {
    return backend.refusal(probe.low(), device, precision).isEmpty()
        && backend.refusal(probe.high(), device, precision).isEmpty();
  }

  /** Measures everything, or as much as there is time for. */
  public Result run() {
    long end = clock.getAsLong() + Math.min(effort.budgetNanos(), Long.MAX_VALUE / 2);
    try (Signals signals = new Signals()) {
      DeviceDescription last = null;
      for (Task task : tasks) {
        long left = end - clock.getAsLong();
        if (left <= 0) {
          note("out of time: %d of %d measurements left out".formatted(left(), tasks.size()));
          break;
        }
        listener.next(done, tasks.size(), task.describe());
        Effort share = effort.within((double) left / left());
        DeviceRig rig = new DeviceRig(task.backend(), task.device(), share, signals);
        if (!task.device().equals(last)) {
          last = task.device();
          put(DeviceKey.of(last), rig);
        }
        measure(task, rig);
      }
    }
    return soFar();
  }

  private int left() {
    return tasks.size() - done;
  }

  private void put(DeviceKey key, DeviceRig rig) {
    DeviceCost cost = rig.device(devices.get(key).startNanos());
    synchronized (this) {
      devices.put(key, cost);
    }
  }

  private synchronized void note(String text) {
    notes.add(text);
  }

  /** What has been measured so far. Any thread. */
  public synchronized Result soFar() {
    Map<DeviceKey, DeviceCost> measured = new LinkedHashMap<>(devices);
    measured
        .keySet()
        .removeIf(key -> steps.keySet().stream().noneMatch(s -> s.device().equals(key)));
    return new Result(new Profile(measured, steps), List.copyOf(notes), done == tasks.size());
  }

  private void measure(Task task, DeviceRig rig) {
    try {
      StepCost cost = rig.step(task.probe(), task.type(), task.options());
      synchronized (this) {
        steps.put(task.key(), cost);
        done++;
      }
    } catch (WrongOutputException | BackendException e) {
      synchronized (this) {
        notes.add(task.describe() + ": left out, " + e.getMessage());
        done++;
      }
    }
  }
}
