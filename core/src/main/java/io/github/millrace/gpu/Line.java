package io.github.millrace.gpu;

import io.github.millrace.plan.StageState;
import java.util.Map;

/**
 * For each plane the last frames of a stream and then a piece of new ones, in a device's memory:
 * two lines in turn, because the next begins with the end of the last. See line.cl.
 */
final class Line implements AutoCloseable {

  private static final int ITEMS = 256;
  private static final int PER_ITEM = 8;

  /** Frames of all planes in a piece: launches then cost little beside the work. */
  private static final long PIECE = 1 << 20;

  private static final long LEAST_PIECE = 4096;

  private final Accelerator accelerator;
  private final Arithmetic types;
  private final int planes;
  private final long piece;
  private final long stride;
  private final Table loadGain;
  private final DeviceMemory[] memories = new DeviceMemory[2];
  private final DeviceFunction fill;
  private final DeviceFunction copy;
  private final DeviceFunction store;
  private final DeviceFunction clear;
  private int current;
  private long at;
  private long past;

  /**
   * A line without a past.
   *
   * @param longest the most frames of past that will be kept
   */
  Line(KernelSetup setup, long longest) {
    accelerator = setup.accelerator();
    types = setup.arithmetic();
    planes = setup.step().in().planes();
    long room = accelerator.limits().largestAllocation() / types.real().bytes() / planes - longest;
    long wanted = Math.max(PIECE / planes, Math.min(longest, PIECE));
    piece = Math.max(LEAST_PIECE, Math.min(wanted, room));
    stride = longest + piece;
    loadGain = setup.table(types.real(), setup.step().loadGain());
    long bytes =
        Math.multiplyExact(Math.multiplyExact(stride, (long) planes), types.real().bytes());
    memories[0] = accelerator.allocate(bytes);
    memories[1] = accelerator.allocate(bytes);
    KernelSource source = source(types);
    fill = accelerator.function(source, "line_fill");
    copy = accelerator.function(source, "line_copy");
    store = accelerator.function(source, "line_store");
    clear = accelerator.function(source, "line_clear");
  }

  /** What keeps lines in these types. */
  static KernelSource source(Arithmetic types) {
    return types.source("line", ITEMS, Map.of("PER_ITEM", PER_ITEM));
  }

  /** The most new frames of one {@link #fill}. */
  long piece() {
    return piece;
  }

  /** Frames of past that the current line begins with. */
  long past() {
    return past;
  }

  /** Puts frames of a block behind the past. */
  void fill(GpuBlock in, long from, long frames) {
    DeviceMemory next = memories[1 - current];
    in.pass(fill, from).number(frames).memory(memories[current]).number(at).number(past);
    long groups = groups(past + frames);
    fill.memory(next).number(stride).number(groups).memory(loadGain.memory());
    fill.launch(groups * planes);
    current = 1 - current;
    at = 0;
  }

  /** Makes {@code frames} frames of the line, from this one on, the past. */
  void keep(long from, long frames) {
    at = from;
    past = frames;
  }

  /** Makes this many frames of silence the past. */
  void silence(long frames) {
    keep(0, frames);
    if (frames > 0) {
      long groups = groups(frames);
      clear.memory(memories[current]).number(stride).number(frames).number(groups);
      clear.launch(groups * planes);
    }
  }

  /** Writes silence behind the past, without a fill. */
  void append(long frames) {
    DeviceMemory next = memories[1 - current];
    long groups = groups(past + frames);
    clear.memory(next).number(stride).number(past + frames).number(groups).launch(groups * planes);
    if (past > 0) {
      copy(memories[current], at, stride, next, stride, past);
    }
    current = 1 - current;
    at = 0;
  }

  /** Writes frames of the line, from this one on, to a block. */
  void store(long from, GpuBlock out, long to, long frames, Table gain) {
    long groups = groups(frames);
    store.memory(memories[current]).number(from).number(stride);
    out.pass(store, to).number(frames).number(groups).memory(gain.memory());
    store.launch(groups * planes);
  }

  /** Writes frames of the past, from this one on, to the start of a block. */
  void storePast(long from, GpuBlock out, long frames, Table gain) {
    store(at + from, out, 0, frames, gain);
  }

  private void copy(
      DeviceMemory from, long start, long width, DeviceMemory to, long toWidth, long frames) {
    long groups = groups(frames);
    copy.memory(from).number(start).number(width).memory(to).number(0).number(toWidth);
    copy.number(frames).number(groups).launch(groups * planes);
  }

  /** Gives the line and its stride as the next two arguments. */
  DeviceFunction pass(DeviceFunction function) {
    return function.memory(memories[current]).number(stride);
  }

  /** The past, followed by zeros up to {@code frames}, as [planes][frames]. */
  StageState state(int frames, long position) {
    double[] values = new double[Math.multiplyExact(planes, frames)];
    if (past > 0) {
      int width = (int) past;
      try (Table table = new Table(accelerator, types.real(), planes * width)) {
        copy(memories[current], at, stride, table.memory(), past, past);
        accelerator.finish(); // samples travel in a queue of their own
        double[] kept = table.get();
        for (int p = 0; p < planes; p++) {
          System.arraycopy(kept, p * width, values, p * frames, width);
        }
      }
    }
    return StageState.of(new int[] {planes, frames}, values, position);
  }

  /** Makes the first frames of a state [planes][more frames] the past. */
  void restore(StageState state, int frames) {
    int width = state.shape()[1];
    double[] values = state.values();
    double[] kept = new double[planes * frames];
    for (int p = 0; p < planes; p++) {
      System.arraycopy(values, p * width, kept, p * frames, frames);
    }
    if (frames > 0) {
      try (Table table = Table.of(accelerator, types.real(), kept)) {
        copy(table.memory(), 0, frames, memories[current], stride, frames);
        accelerator.finish();
      }
    }
    keep(0, frames);
  }

  private static long groups(long frames) {
    return (frames + ITEMS * PER_ITEM - 1) / (ITEMS * PER_ITEM);
  }

  @Override
  public void close() {
    loadGain.close();
    memories[0].close();
    memories[1].close();
  }
}
