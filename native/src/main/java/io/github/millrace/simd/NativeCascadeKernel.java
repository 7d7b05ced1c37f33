package io.github.millrace.simd;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import io.github.millrace.backend.Kernel;
import io.github.millrace.backend.Step;
import io.github.millrace.cpu.CpuBlock;
import io.github.millrace.cpu.Place;
import io.github.millrace.design.Sos;
import io.github.millrace.design.state.LevelSpread;
import io.github.millrace.plan.Bits;
import io.github.millrace.plan.StageState;
import io.github.millrace.stage.SosCascade;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A cascade in SIMD lanes, parallel in time from a threshold on. */
final class NativeCascadeKernel implements Kernel<CpuBlock> {

  /**
   * Sections of one group. Between groups samples are rounded, which later sections amplify: with
   * float32 samples a Butterworth low-pass of order 64 at 0.2 of Nyquist is off by 1.1e-5 in groups
   * of 16 sections, by 2.5e-8 in one of 32. The tables of 64 notches take 0.1 s to make; two passes
   * over the block save nothing (2-core Zen 5 VM, AVX-512, November 2026).
   */
  private static final int LARGEST_GROUP = 64;

  private final Step step;
  private final Setting setting;
  private final Arena arena = Arena.ofShared();
  private final List<CascadeGroup> groups = new ArrayList<>();

  NativeCascadeKernel(Step step, Setting setting) {
    this.step = step;
    this.setting = setting;
    try {
      makeGroups();
    } catch (RuntimeException | Error e) {
      arena.close();
      throw e;
    }
  }

  private void makeGroups() {
    String format = setting.format(step.in().type());
    CascadeFunctions functions = new CascadeFunctions(setting.library(), setting.variant(), format);
    Sos all = ((SosCascade) step.stage()).sos();
    double[][] rows = all.toArray();
    int count = (rows.length + LARGEST_GROUP - 1) / LARGEST_GROUP;
    double[] scale = scale(all, count > 1 || format.equals("f32fast"));
    for (int g = 0; g < count; g++) {
      int begin = g * rows.length / count;
      int end = (g + 1) * rows.length / count;
      Sos sos = Sos.of(Arrays.copyOfRange(rows, begin, end));
      CascadeTables tables =
          new CascadeTables(arena, sos, step.in().type(), gains(scale, begin, end));
      tables.spread(Arrays.copyOfRange(scale, begin, end));
      var shape = new CascadeGroup.Shape(sos, step.in().channels(), setting);
      groups.add(CascadeGroup.of(arena, functions, tables, shape));
    }
  }

  private static double[] scale(Sos sos, boolean spread) {
    if (spread) {
      return LevelSpread.of(sos).scales();
    }
    double[] ones = new double[sos.sections()];
    Arrays.fill(ones, 1);
    return ones;
  }

  /**
   * Load and store gain of a group. Between groups the block holds the signal times a power of two,
   * as it is between sections: float32 might not hold the signal itself.
   */
  private double[] gains(double[] scale, int begin, int end) {
    return new double[] {
      begin == 0 ? step.loadGain() : 1 / scale[begin - 1],
      end == scale.length ? step.storeGain() : scale[end - 1]
    };
  }

  @Override
  public long run(CpuBlock in, CpuBlock out, long frames) {
    boolean parallel = setting.bits() == Bits.GRID || frames >= setting.threshold();
    for (int g = 0; g < groups.size(); g++) {
      groups.get(g).run(g == 0 ? in : out, out, frames, parallel);
    }
    return frames;
  }

  @Override
  public boolean reachesHeap() {
    return setting.bits() == Bits.REPEAT;
  }

  @Override
  public void reset() {
    groups.forEach(group -> group.state().fill((byte) 0));
    groups.forEach(group -> group.move(0));
  }

  @Override
  public StageState state() {
    int channels = step.in().channels();
    int sections = groups.stream().mapToInt(CascadeGroup::order).sum() / 2;
    double[] values = new double[2 * sections * channels];
    int at = 0;
    for (CascadeGroup group : groups) {
      for (int s = 0; s < group.order(); s += 2) {
        for (int c = 0; c < channels; c++, at += 2) {
          values[at] = group.state().getAtIndex(JAVA_DOUBLE, (long) c * group.order() + s);
          values[at + 1] = group.state().getAtIndex(JAVA_DOUBLE, (long) c * group.order() + s + 1);
        }
      }
    }
    return StageState.of(new int[] {sections, channels, 2}, values, groups.getFirst().position());
  }

  @Override
  public void restore(StageState other) {
    state().requireShapeOf(other, step.stage().describe());
    long place = Place.of(other, step.stage().describe());
    groups.forEach(group -> group.move(place));
    double[] values = other.values();
    int at = 0;
    for (CascadeGroup group : groups) {
      for (int s = 0; s < group.order(); s += 2) {
        for (int c = 0; c < step.in().channels(); c++, at += 2) {
          group.state().setAtIndex(JAVA_DOUBLE, (long) c * group.order() + s, values[at]);
          group.state().setAtIndex(JAVA_DOUBLE, (long) c * group.order() + s + 1, values[at + 1]);
        }
      }
    }
  }

  @Override
  public String describe() {
    return setting.describe()
        + switch (setting.bits()) {
          case REPEAT -> ", lanes, parallel in time from " + setting.threshold() + " frames";
          case FRAME -> ", sequential in time, lanes for channels";
          case GRID -> ", lanes, in cells of " + Bits.CELL + " frames";
        };
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
