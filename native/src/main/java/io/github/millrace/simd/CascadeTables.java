package io.github.millrace.simd;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.millrace.design.Sos;
import io.github.millrace.design.state.StateJoin;
import io.github.millrace.design.state.StateSpace;
import io.github.millrace.signal.SampleType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What C needs to know of a cascade, in memory as millrace.h lays it out. */
final class CascadeTables {

  /** A filter that takes longer than this to forget counts as one that never does. */
  private static final long LONGEST_DECAY = 1 << 20;

  /**
   * Segment lengths for which lanes can be joined where the filter remembers more than one: each
   * about twice the one before, so that a block is cut into few tiles, and from 144 on no multiple
   * of a large power of two, lest lanes share a few sets of the cache. Below 32 frames a lane a
   * join of four sections costs what it saves: 256, 1,000 and 2,048 frames of float64 without 32,
   * with it and with 16 too made 425, 873, 867, 634, 799, 867 and 941, 1,104, 1,162 million frames
   * a second with one section, 277, 325, 324, 363, 379, 355 and 490, 504, 482 with four (2-core
   * EPYC Zen 4 VM, AVX-512, 2026-11-26).
   */
  private static final long[] SEGMENTS = {32, 64, 144, 272, 528, 1040, 2064, 4112};

  /** Frames of a thread's run where the filter remembers more than that. */
  static final long RUN = 1 << 16;

  private final Arena arena;
  private final MemorySegment parallel;
  private final MemorySegment steady;
  private final MemorySegment held;
  private final double eps;
  private final OptionalLong decay;
  private final Optional<StateJoin> runs;
  private final boolean stable;

  /**
   * The tables of a cascade.
   *
   * @param gains load and store gain
   */
  CascadeTables(Arena arena, Sos sos, SampleType type, double[] gains) {
    this.arena = arena;
    stable = sos.isStable();
    StateSpace space = StateSpace.of(sos);
    eps = type == SampleType.FLOAT64 ? 1e-17 : 1e-12;
    decay = stable ? space.memoryLength(eps, LONGEST_DECAY) : OptionalLong.empty();
    runs = isSlow() ? Optional.of(space.join(RUN)) : Optional.empty();
    parallel = struct(sos, gains, 0);
    parallel.set(JAVA_LONG, Structs.Cascade.DECAY.at(), decay.orElse(-1));
    steady = struct(sos, gains, 0);
    held = struct(sos, gains, Structs.HOLD);
    if (stable) {
      addSegments(space);
    }
  }

  private MemorySegment struct(Sos sos, double[] gains, long flags) {
    MemorySegment struct = arena.allocate(Structs.Cascade.BYTES, 8);
    struct.set(JAVA_LONG, Structs.Cascade.SECTIONS.at(), sos.sections());
    struct.set(JAVA_LONG, Structs.Cascade.COEFFICIENTS.at(), coefficients(sos).address());
    struct.set(JAVA_DOUBLE, Structs.Cascade.LOAD_GAIN.at(), gains[0]);
    struct.set(JAVA_DOUBLE, Structs.Cascade.STORE_GAIN.at(), gains[1]);
    struct.set(JAVA_LONG, Structs.Cascade.DECAY.at(), -1);
    struct.set(JAVA_LONG, Structs.Cascade.FLAGS.at(), flags);
    return struct;
  }

  private MemorySegment coefficients(Sos sos) {
    MemorySegment values = arena.allocate(JAVA_DOUBLE, 5L * sos.sections());
    for (int s = 0; s < sos.sections(); s++) {
      double[] row = sos.row(s);
      MemorySegment.copy(row, 0, values, JAVA_DOUBLE, 40L * s, 3);
      MemorySegment.copy(row, 4, values, JAVA_DOUBLE, 40L * s + 24, 2);
    }
    return values;
  }

  private void addSegments(StateSpace space) {
    long longest = decay.orElse(LONGEST_DECAY);
    int count = 0;
    while (count < SEGMENTS.length && SEGMENTS[count] < longest) {
      count++;
    }
    int size = space.order() * space.order();
    MemorySegment powers = arena.allocate(JAVA_DOUBLE, Math.max(1, (long) count * size));
    for (int i = 0; i < count; i++) {
      MemorySegment.copy(
          space.join(SEGMENTS[i]).matrix(), 0, powers, JAVA_DOUBLE, 8L * i * size, size);
    }
    parallel.set(JAVA_LONG, Structs.Cascade.LENGTHS.at(), count);
    long segments = arena.allocateFrom(JAVA_LONG, SEGMENTS).address();
    parallel.set(JAVA_LONG, Structs.Cascade.SEGMENTS.at(), segments);
    parallel.set(JAVA_LONG, Structs.Cascade.POWERS.at(), powers.address());
  }

  /** Sets the powers of two between sections. */
  void spread(double[] scale) {
    long address = arena.allocateFrom(JAVA_DOUBLE, scale).address();
    for (MemorySegment struct : List.of(parallel, steady, held)) {
      struct.set(JAVA_LONG, Structs.Cascade.SCALE.at(), address);
    }
  }

  /** The struct for one form or the other. */
  long address(boolean inParallel, boolean stream) {
    MemorySegment struct = inParallel && stable ? parallel : steady;
    long flags = struct.get(JAVA_LONG, Structs.Cascade.FLAGS.at()) & ~Structs.STREAM;
    struct.set(JAVA_LONG, Structs.Cascade.FLAGS.at(), flags | (stream ? Structs.STREAM : 0));
    return struct.address();
  }

  /**
   * The struct for one frame after the other, by lanes that take channels.
   *
   * @param quiets whether what has faded is dropped at the end
   */
  long steady(boolean quiets) {
    return (quiets ? steady : held).address();
  }

  /** How little of a state counts as nothing. */
  double eps() {
    return eps;
  }

  /** Whether all poles lie inside the unit circle. */
  boolean isStable() {
    return stable;
  }

  /** Whether the filter remembers more than a run of one thread. */
  boolean isSlow() {
    return stable && (decay.isEmpty() || decay.getAsLong() > RUN);
  }

  /** Frames after which a state no longer matters; empty where it always does. */
  OptionalLong decay() {
    return decay;
  }

  /** How states are joined over {@link #RUN} frames, where the filter is slow. */
  Optional<StateJoin> runs() {
    return runs;
  }
}
