package io.github.millrace.cpu;

import io.github.millrace.backend.Kernel;
import io.github.millrace.backend.Step;
import io.github.millrace.host.Crew;

/**
 * A kernel whose output depends on the last frames of the input and on nothing else: walks each
 * plane along a line that holds the frames before a piece and then the piece.
 *
 * <p>The crew shares out the planes; where there are fewer planes than threads and the block is
 * long, it shares out each plane's time as well.
 */
abstract class HistoryKernel implements Kernel<CpuBlock>, Crew.Job {

  /** Time is shared out from here on: far more work than it takes to wake a thread. */
  private static final int LEAST_SEGMENT = 8192;

  /** A longer history makes time not worth sharing out: every thread would need a copy of it. */
  private static final int LONGEST_SHARED = 1 << 20;

  final Step step;
  final History history;
  private final Crew crew;
  private final Crew.Task task;
  private final int piece;
  private final Samples[] lines;
  private final double[][] heads;
  private final boolean sharesTime;
  private CpuBlock in;
  private CpuBlock out;
  private long first;
  private long end;
  private long segmentFrames;
  private int segments;

  /**
   * A kernel in its reset state.
   *
   * @param past frames of history
   * @param piece most new frames to look at at a time
   */
  HistoryKernel(Step step, Crew crew, int past, int piece) {
    this.step = step;
    this.crew = crew;
    task = crew.task(this);
    this.piece = piece;
    int planes = step.in().planes();
    history = new History(planes, past);
    sharesTime = planes < crew.size() && past <= LONGEST_SHARED;
    lines = new Samples[crew.expect(sharesTime ? crew.size() : planes)];
    for (int part = 0; part < lines.length; part++) {
      lines[part] = new Samples(Math.addExact(past, piece), step);
    }
    heads = new double[sharesTime ? planes * crew.size() : 0][past];
  }

  /**
   * Computes what a piece of input yields and stores it to {@link #out}. The line of this part of
   * the crew holds the history and then the piece.
   *
   * @param at first frame of the piece within the block
   * @param count frames of the piece
   */
  abstract void advance(int part, int plane, long at, int count);

  /** The frames before the piece, oldest first, then the piece: what this part of the crew sees. */
  final double[] line(int part) {
    return lines[part].values;
  }

  /** Where output goes. */
  final CpuBlock out() {
    return out;
  }

  /** Reads a block; a kernel that does not keep the length says how much it wrote. */
  @Override
  public long run(CpuBlock from, CpuBlock to, long count) {
    if (count == 0) {
      return 0;
    }
    in = from;
    out = to;
    for (first = 0; first < count; first = end) {
      cut(count - first);
      if (segments > 1) {
        saveHeads();
      }
      int planes = step.in().planes();
      task.run(Math.min(crew.size(), planes * segments), planes * (end - first));
    }
    return count;
  }

  /** Frames at whose multiples within a block threads may share it out; 0 for anywhere. */
  long cellFrames() {
    return 0;
  }

  /** Shares out what is left of a block, or of it as many cells as there are threads. */
  private void cut(long left) {
    long cell = cellFrames();
    long length = left;
    segments = 1;
    if (cell > 0) {
      segments = Math.clamp(left / cell, 1, sharesTime ? crew.size() : 1);
      length = Math.min(left, segments * cell);
    } else if (sharesTime && left / crew.size() >= Math.max(LEAST_SEGMENT, 4L * history.frames())) {
      segments = crew.size();
    }
    segmentFrames = length / segments;
    end = first + length;
  }

  /** Copies what lies before each segment: in place, the segment before it is about to be lost. */
  private void saveHeads() {
    Samples line = lines[0];
    for (int i = 0; i < step.in().planes() * segments; i++) {
      int plane = i / segments;
      if (i % segments == 0) {
        history.open(plane, heads[i]);
      } else {
        line.range(0, history.frames());
        in.load(plane, start(i % segments) - history.frames(), line);
        System.arraycopy(line.values, 0, heads[i], 0, history.frames());
      }
    }
  }

  private long start(int segment) {
    return segment == segments ? end : first + segment * segmentFrames;
  }

  @Override
  public final boolean reachesHeap() {
    return true;
  }

  @Override
  public final void part(int part, int parts) {
    long items = (long) step.in().planes() * segments;
    int last = (int) ((part + 1) * items / parts);
    for (int item = (int) (part * items / parts); item < last; item++) {
      walk(part, item / segments, item % segments);
    }
  }

  private void walk(int part, int plane, int segment) {
    Samples line = lines[part];
    int past = history.frames();
    long stop = start(segment + 1);
    if (segments == 1) {
      history.open(plane, line.values);
    } else {
      System.arraycopy(heads[plane * segments + segment], 0, line.values, 0, past);
    }
    int count;
    for (long at = start(segment); at < stop; at += count) {
      count = (int) Math.min(piece, stop - at);
      line.range(past, count);
      in.load(plane, at, line);
      advance(part, plane, at, count);
      if (at + count == end) {
        history.keep(plane, line.values, count);
      } else {
        System.arraycopy(line.values, count, line.values, 0, past);
      }
    }
  }

  @Override
  public void reset() {
    history.reset();
  }
}
