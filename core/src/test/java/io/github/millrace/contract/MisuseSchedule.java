package io.github.millrace.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.millrace.plan.BackendException;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.StageState;
import io.github.millrace.signal.PlanarLayout;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** One plan, some buffers that may be closed or too small, and random calls on them. */
final class MisuseSchedule implements AutoCloseable {

  private static final int BUFFERS = 5;

  private final Supplier<Plan> prepare;
  private final Fuse fuse;
  private final Plan plan;
  private final double[][] x;
  private final SignalBuffer[] ins = new SignalBuffer[BUFFERS];
  private final SignalBuffer[] outs = new SignalBuffer[BUFFERS];
  private final Arena[] arenas = new Arena[2 * BUFFERS];
  private volatile List<StageState> saved;

  MisuseSchedule(Supplier<Plan> prepare, Fuse fuse, int frames, int seed) {
    this.prepare = prepare;
    this.fuse = fuse;
    plan = prepare.get();
    saved = plan.state();
    x = Rig.noise(plan.inputFormat(), frames, seed);
    SplittableRandom random = new SplittableRandom(seed);
    long room = Math.max(plan.maxOutputFrames(frames), plan.flushFrames());
    for (int i = 0; i < BUFFERS; i++) {
      boolean small = i == BUFFERS - 1;
      ins[i] = buffer(plan.inputFormat(), small ? frames / 2 : frames, 2 * i, random);
      outs[i] = buffer(plan.outputFormat(), small ? room / 3 : room, 2 * i + 1, random);
      fill(ins[i]);
    }
  }

  private SignalBuffer buffer(StreamFormat format, long count, int arena, SplittableRandom random) {
    if (random.nextBoolean()) {
      return SignalBuffer.allocate(format, count);
    }
    PlanarLayout layout = PlanarLayout.packed(format.type(), format.planes(), count);
    arenas[arena] = Arena.ofShared();
    return SignalBuffer.wrap(arenas[arena].allocate(layout.byteSize(), 8), layout);
  }

  private void fill(SignalBuffer in) {
    for (int p = 0; p < in.planes(); p++) {
      for (int i = 0; i < in.frames(); i++) {
        in.set(p, i, x[p][i]);
      }
    }
  }

  /** Calls of one of several threads: each does its work or is refused in words. */
  void calls(SplittableRandom random, int count) {
    for (int i = 0; i < count; i++) {
      attempt(call(random, plan));
    }
  }

  private interface Call {
    /** The samples that came out; empty where none did. */
    double[][] on(Plan plan);

    /** Whether it asks anything of the plan. */
    default boolean isOfPlan() {
      return true;
    }
  }

  /** A call on what a plan is given, not on the plan. */
  private record Aside(Runnable work) implements Call {
    @Override
    public double[][] on(Plan plan) {
      return nothing(work);
    }

    @Override
    public boolean isOfPlan() {
      return false;
    }
  }

  /** What happened: samples, or a refusal. */
  private record Outcome(List<double[]> samples, RuntimeException refusal) {}

  private static Outcome attempt(Supplier<double[][]> call) {
    try {
      return new Outcome(List.of(call.get()), null);
    } catch (IllegalStateException
        | IllegalArgumentException
        | BackendException
        | Fuse.Burnt refusal) {
      return new Outcome(null, refusal);
    }
  }

  private Supplier<double[][]> call(SplittableRandom random, Plan on) {
    Call call = call(random);
    return () -> call.on(on);
  }

  private Call call(SplittableRandom random) {
    int i = random.nextInt(BUFFERS);
    int k = random.nextInt(BUFFERS);
    int burn = random.nextInt(4);
    return switch (random.nextInt(16)) {
      case 0, 1, 2, 3, 4, 5 -> p -> samples(outs[k], p.forward(ins[i], outs[k]));
      case 6 -> p -> samples(outs[k], p.flush(outs[k]));
      case 7 -> this::save;
      case 8 -> this::restore;
      case 9 -> p -> nothing(() -> p.restore(spoilt(saved)));
      case 10, 11 -> p -> nothing(p::reset);
      case 12 -> new Aside(() -> fuse.light(burn));
      case 13 -> new Aside(() -> closeBuffer(i));
      case 14 -> new Aside(outs[k]::close);
      default -> p -> nothing(burn == 0 ? p::close : p::describe);
    };
  }

  private static double[][] nothing(Runnable call) {
    call.run();
    return new double[0][];
  }

  private static double[][] samples(SignalBuffer out, long written) {
    double[][] y = new double[out.planes()][];
    Arrays.setAll(y, p -> out.slice(0, written).toDoubles(p));
    return y;
  }

  private double[][] save(Plan from) {
    saved = from.state();
    return new double[0][];
  }

  private double[][] restore(Plan to) {
    to.restore(saved);
    return new double[0][];
  }

  private static List<StageState> spoilt(List<StageState> state) {
    List<StageState> bad = new ArrayList<>(state);
    bad.set(bad.size() - 1, StageState.of(new int[] {1, 1, 1, 1}, 5.0));
    return bad;
  }

  private void closeBuffer(int i) {
    if (arenas[2 * i] != null) {
      arenas[2 * i].close();
    }
    ins[i].close();
  }

  /** Calls of one thread, each that did its work repeated on a plan that is never misused. */
  void mirrored(SplittableRandom random, int count) {
    try (Plan mirror = prepare.get()) {
      for (int i = 0; i < count; i++) {
        Call call = call(random);
        List<StageState> before = saved;
        Outcome outcome = attempt(() -> call.on(plan));
        if (outcome.refusal() instanceof Fuse.Burnt) {
          assertThrows(IllegalStateException.class, plan::state);
          plan.reset();
          mirror.reset();
        } else if (outcome.refusal() == null && call.isOfPlan()) {
          List<StageState> after = saved;
          saved = before;
          requireSame(outcome.samples(), List.of(fuse.unlit(() -> call.on(mirror))));
          assertEquals(after, saved);
        }
      }
    }
  }

  private static void requireSame(List<double[]> expected, List<double[]> actual) {
    assertEquals(expected.size(), actual.size());
    for (int p = 0; p < expected.size(); p++) {
      assertArrayEquals(expected.get(p), actual.get(p));
    }
  }

  /** The plan, after reset, gives the bits of a fresh one; or it is closed and says so. */
  void requireSoundOrClosed() {
    fuse.light(-1);
    try {
      plan.reset();
    } catch (IllegalStateException e) {
      assertEquals("the plan is closed", e.getMessage().substring(0, 18));
      assertThrows(IllegalStateException.class, plan::state);
      return;
    }
    try (Plan fresh = prepare.get()) {
      requireSame(List.of(Rig.run(fresh, x)), List.of(Rig.run(plan, x)));
    }
  }

  @Override
  public void close() {
    fuse.light(-1);
    plan.close();
    for (int i = 0; i < BUFFERS; i++) {
      ins[i].close();
      outs[i].close();
    }
    for (Arena arena : arenas) {
      if (arena != null && arena.scope().isAlive()) {
        arena.close();
      }
    }
  }
}
