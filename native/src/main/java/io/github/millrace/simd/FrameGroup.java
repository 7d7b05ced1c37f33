package io.github.millrace.simd;

import io.github.millrace.cpu.CpuBlock;
import io.github.millrace.host.Crew;
import io.github.millrace.plan.Bits;
import java.lang.foreign.Arena;

/**
 * Sections for {@link Bits#FRAME}: one frame after the other, channels shared out among the crew
 * and among the lanes, and what has faded dropped at multiples of {@link Bits#QUIET_FRAMES}.
 */
final class FrameGroup extends CascadeGroup implements Crew.Job {

  private final Crew.Task task = crew.task(this);
  private CpuBlock in;
  private CpuBlock out;
  private long frames;
  private long position;

  FrameGroup(Arena arena, CascadeFunctions functions, CascadeTables tables, Shape shape) {
    super(arena, functions, tables, shape);
  }

  @Override
  void run(CpuBlock from, CpuBlock to, long count, boolean parallel) {
    in = from;
    out = to;
    frames = count;
    task.run(Math.min(channels, work.length), count * channels);
    position += count;
  }

  @Override
  public void part(int part, int parts) {
    int begin = (int) ((long) part * channels / parts);
    int end = (int) ((part + 1L) * channels / parts);
    work[part].state = stateOf(begin);
    long count;
    for (long at = 0; at < frames; at += count) {
      long left = Bits.QUIET_FRAMES - (position + at) % Bits.QUIET_FRAMES;
      count = Math.min(left, frames - at);
      inputs[part].channels(in, begin, end - begin);
      outputs[part].channels(out, begin, end - begin);
      inputs[part].at += at * in.type().bytes();
      outputs[part].at += at * out.type().bytes();
      inputs[part].frames = count;
      functions.filter(tables.steady(count == left), inputs[part], outputs[part], work[part]);
    }
  }

  @Override
  long position() {
    return position;
  }

  @Override
  void move(long frame) {
    position = frame;
  }
}
