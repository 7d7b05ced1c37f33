package io.github.millrace.simd;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import io.github.millrace.cpu.CpuBlock;
import io.github.millrace.design.Sos;
import io.github.millrace.host.Crew;
import io.github.millrace.signal.SampleType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Some sections of a cascade over all channels: the state, and what each thread works with. */
abstract class CascadeGroup {

  /** The memory that one thread hands to C. */
  static final class Workspace {
    long state;
    long scratch;

    /** The most frames of an array that one call of C may take. */
    long sliceFrames;
  }

  /** What a group is cut for. */
  record Shape(Sos sos, int channels, Setting setting) {}

  final CascadeFunctions functions;
  final CascadeTables tables;
  final Crew crew;
  final int order;
  final int channels;
  final Workspace[] work;
  final Span[] inputs;
  final Span[] outputs;
  private final MemorySegment state;

  CascadeGroup(Arena arena, CascadeFunctions functions, CascadeTables tables, Shape shape) {
    this.functions = functions;
    this.tables = tables;
    crew = shape.setting().crew();
    order = 2 * shape.sos().sections();
    channels = shape.channels();
    state = arena.allocate(JAVA_DOUBLE, (long) order * channels);
    int parts = crew.expect(crew.size());
    work = new Workspace[parts];
    inputs = new Span[parts];
    outputs = new Span[parts];
    long bytes = Structs.cascadeScratch(shape.sos().sections());
    for (int part = 0; part < parts; part++) {
      work[part] = new Workspace();
      work[part].scratch = arena.allocate(Math.max(64, bytes), 64).address();
      inputs[part] = new Span();
      outputs[part] = new Span();
    }
  }

  /** A group in its reset state, as its promise wants it; its memory is the arena's. */
  static CascadeGroup of(
      Arena arena, CascadeFunctions functions, CascadeTables tables, Shape shape) {
    return switch (shape.setting().bits()) {
      case REPEAT -> new RunGroup(arena, functions, tables, shape);
      case FRAME -> new FrameGroup(arena, functions, tables, shape);
      case GRID -> new CellGroup(arena, functions, tables, shape);
    };
  }

  /** Filters a block. */
  abstract void run(CpuBlock in, CpuBlock out, long frames, boolean parallel);

  /** Frames read since reset, where the output depends on it. */
  long position() {
    return 0;
  }

  /** Goes to another place in the stream. */
  void move(long frame) {}

  /** Makes NaN of the end of a channel. */
  static void spoil(CpuBlock out, int channel, long from, long count) {
    long at = out.offset(channel, from);
    for (long i = 0; i < count; i++) {
      if (out.type() == SampleType.FLOAT32) {
        out.segment().set(ValueLayout.JAVA_FLOAT_UNALIGNED, at + 4 * i, Float.NaN);
      } else {
        out.segment().set(ValueLayout.JAVA_DOUBLE_UNALIGNED, at + 8 * i, Double.NaN);
      }
    }
  }

  /** The state [channels][2K]. */
  final MemorySegment state() {
    return state;
  }

  /** Where the state of a channel lies. */
  final long stateOf(int channel) {
    return state.address() + 8L * order * channel;
  }

  /** Number of state values of a channel. */
  final int order() {
    return order;
  }
}
