package io.github.millrace.bench.sweep;

import io.github.millrace.bench.WrongOutputException;
import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.DeviceDescription;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Measures the curves of a grid on devices, point by point, and where the paths of a curve cross
 * also between the lengths of the grid. One thread.
 */
public final class Sweep {

  /** Backends without a device to bring samples to. */
  private static final List<String> HOST = List.of("java", "native");

  private static final long WARM_UP_FRAMES = 1 << 13;

  /** Neighbours of a crossing that are further apart get a point in their middle. */
  private static final double WIDEST = 2.5;

  /** Nominal seconds of a point, and of each of its samples: forwards, noise and check. */
  private static final double POINT_SECONDS = 1;

  private static final double SAMPLE_SECONDS = 5e-7;

  private final SweepGrid grid;
  private final Effort effort;
  private final Map<SweepCurve, List<Long>> lengths = new LinkedHashMap<>();
  private final Map<SweepCurve, List<SweepPoint>> points = new LinkedHashMap<>();
  private double total;
  private double done;

  /**
   * A sweep.
   *
   * @param devices what to measure; absent devices are left out
   * @param mostBytes room for all buffers of a point
   */
  public Sweep(SweepGrid grid, Effort effort, List<DeviceDescription> devices, long mostBytes) {
    this.grid = grid;
    this.effort = effort;
    for (SweepCurve curve : curves(devices)) {
      long room = curve.sections() == 0 ? mostBytes : mostBytes / 2;
      lengths.put(curve, grid.lengths(curve, room));
      points.put(curve, new ArrayList<>());
      lengths.get(curve).forEach(frames -> total += cost(curve, frames));
    }
  }

  private List<SweepCurve> curves(List<DeviceDescription> devices) {
    List<SweepCurve> curves = new ArrayList<>();
    for (Arithmetic arithmetic : grid.arithmetics()) {
      for (int channels : grid.channels()) {
        curves.add(new SweepCurve(SweepCurve.MEMCPY, "", arithmetic, 0, channels));
      }
    }
    for (DeviceDescription device : devices) {
      if (device.available()) {
        addCurves(device, curves);
      }
    }
    return curves;
  }

  private void addCurves(DeviceDescription device, List<SweepCurve> curves) {
    String backend = device.backend() + ":" + device.index();
    List<Integer> sections = new ArrayList<>(grid.sections());
    if (!HOST.contains(device.backend())) {
      sections.addFirst(0);
    }
    for (Arithmetic arithmetic : grid.arithmetics()) {
      for (int k : sections) {
        for (int channels : grid.channels()) {
          curves.add(new SweepCurve(backend, device.name(), arithmetic, k, channels));
        }
      }
    }
  }

  /** The number of points, without those between the lengths of the grid. */
  public int size() {
    return lengths.values().stream().mapToInt(List::size).sum();
  }

  /** All points that are known, curve by curve, ascending in frames. */
  public List<SweepPoint> points() {
    return points.values().stream().flatMap(List::stream).toList();
  }

  /** Takes over points that were measured before; those of other curves are left out. */
  public void resume(List<SweepPoint> known) {
    for (SweepPoint point : known) {
      List<SweepPoint> curve = points.get(point.curve());
      if (curve != null && find(curve, point.frames()) == null) {
        insert(point);
      }
    }
  }

  /**
   * Measures what is not known yet.
   *
   * @param stop asked before every point
   * @return whether nothing was left out for want of time
   */
  public boolean run(SweepListener listener, BooleanSupplier stop) {
    long begin = System.nanoTime();
    for (SweepCurve curve : lengths.keySet()) {
      double before = done;
      try {
        boolean over = !measure(curve, listener, () -> stop.getAsBoolean() || isLate(begin));
        if (over) {
          return false;
        }
      } catch (WrongOutputException | OutOfMemoryError e) {
        listener.failed(curve, e.toString());
      } catch (BackendException e) {
        if (points.get(curve).isEmpty()) {
          listener.skipped(curve, e.getMessage());
        } else {
          listener.failed(curve, e.getMessage());
        }
      }
      done = before;
      lengths.get(curve).forEach(frames -> done += cost(curve, frames));
    }
    return true;
  }

  private boolean isLate(long begin) {
    return effort.limitNanos() > 0 && System.nanoTime() - begin > effort.limitNanos();
  }

  /** Measures a curve; false where it was stopped. */
  private boolean measure(SweepCurve curve, SweepListener listener, BooleanSupplier stop) {
    List<Long> wanted = new ArrayList<>(lengths.get(curve));
    List<SweepPoint> known = points.get(curve);
    wanted.removeIf(frames -> find(known, frames) != null);
    if (!wanted.isEmpty()) {
      warmUp(curve);
    }
    for (long frames : wanted) {
      if (stop.getAsBoolean()) {
        return false;
      }
      add(curve, frames, listener);
      done += cost(curve, frames);
    }
    for (long middle = middle(known); middle > 0; middle = middle(known)) {
      if (stop.getAsBoolean()) {
        return false;
      }
      add(curve, middle, listener);
    }
    return true;
  }

  private void warmUp(SweepCurve curve) {
    if (curve.isMemcpy()) {
      PointRig.copy(curve, WARM_UP_FRAMES, effort);
      return;
    }
    try (PointRig rig = PointRig.open(curve, WARM_UP_FRAMES)) {
      rig.warmUp(effort.warmUpNanos());
    }
  }

  private void add(SweepCurve curve, long frames, SweepListener listener) {
    listener.begins(curve, frames, Math.min(1, done / total));
    SweepPoint point;
    if (curve.isMemcpy()) {
      point = PointRig.copy(curve, frames, effort);
    } else {
      try (PointRig rig = PointRig.open(curve, frames)) {
        point = rig.measure(effort);
      }
    }
    insert(point);
    listener.measured(point);
  }

  private void insert(SweepPoint point) {
    List<SweepPoint> curve = points.get(point.curve());
    curve.add(point);
    curve.sort(Comparator.comparingLong(SweepPoint::frames));
  }

  private static SweepPoint find(List<SweepPoint> curve, long frames) {
    return curve.stream().filter(point -> point.frames() == frames).findFirst().orElse(null);
  }

  /** The length in the middle of the crossing's neighbours; 0 where they are near each other. */
  private static long middle(List<SweepPoint> curve) {
    if (curve.isEmpty() || !curve.getFirst().hasParallel()) {
      return 0;
    }
    double crossing = Crossover.of(curve).frames();
    for (int i = 1; i < curve.size(); i++) {
      double low = curve.get(i - 1).frames();
      double high = curve.get(i).frames();
      if (low <= crossing && crossing < high && high > WIDEST * low) {
        return Math.round(Math.sqrt(low * high));
      }
    }
    return 0;
  }

  private static double cost(SweepCurve curve, long frames) {
    return POINT_SECONDS + SAMPLE_SECONDS * frames * curve.channels();
  }
}
