package io.github.millrace.simd;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import io.github.millrace.cpu.CpuBlock;
import io.github.millrace.design.Sos;
import io.github.millrace.plan.Kernel;
import io.github.millrace.plan.StageState;
import io.github.millrace.plan.Step;
import io.github.millrace.stage.SosCascade;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A cascade in SIMD lanes, parallel in time from a threshold on. */
final class NativeCascadeKernel implements Kernel<CpuBlock> {

  /**
   * Sections of one group: the tables of longer ones cost more than another pass over the block.
   */
  private static final int LARGEST_GROUP = 16;

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
    double[][] rows = ((SosCascade) step.stage()).sos().toArray();
    int count = (rows.length + LARGEST_GROUP - 1) / LARGEST_GROUP;
    for (int g = 0; g < count; g++) {
      Sos sos =
          Sos.of(Arrays.copyOfRange(rows, g * rows.length / count, (g + 1) * rows.length / count));
      double[] gains = {g == 0 ? step.loadGain() : 1, g == count - 1 ? step.storeGain() : 1};
      CascadeTables tables = new CascadeTables(arena, sos, step.in().type(), gains);
      tables.spread(functions);
      var shape = new CascadeGroup.Shape(sos, step.in().channels(), setting.crew());
      groups.add(new CascadeGroup(arena, functions, tables, shape));
    }
  }

  @Override
  public long run(CpuBlock in, CpuBlock out, long frames) {
    boolean parallel = frames >= setting.threshold();
    for (int g = 0; g < groups.size(); g++) {
      groups.get(g).run(g == 0 ? in : out, out, frames, parallel);
    }
    return frames;
  }

  @Override
  public void reset() {
    groups.forEach(group -> group.state().fill((byte) 0));
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
    return StageState.of(new int[] {sections, channels, 2}, values);
  }

  @Override
  public void restore(StageState other) {
    state().requireShapeOf(other, step.stage().describe());
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
    return setting.describe() + ", lanes, parallel in time from " + setting.threshold() + " frames";
  }

  @Override
  public void close() {
    if (arena.scope().isAlive()) {
      arena.close();
    }
  }
}
