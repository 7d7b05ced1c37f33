package io.github.millrace.engine;

import io.github.millrace.backend.Device;
import io.github.millrace.host.Crew;
import io.github.millrace.signal.SignalBuffer;
import java.util.List;

/**
 * Carries a signal of many blocks through a device with memory of its own: while the kernels work
 * on one block, the next is brought in and the one before is taken out.
 *
 * @param <B> the device's block type
 */
final class Conveyor<B> implements Crew.Job {

  private static final int STATIONS = 3;

  private final ChainRun<B> plan;
  private final Device<B> device;
  private final List<B> ins;
  private final List<B> outs;
  private final Crew.Task stations = new Crew(STATIONS).task(this);
  private final long[] made = new long[2];
  private SignalBuffer in;
  private SignalBuffer out;
  private long chunk;
  private long blocks;
  private long turn;
  private long written;

  /**
   * A conveyor at rest.
   *
   * @param ins two windows for the plan's input
   * @param outs two windows for its output
   */
  Conveyor(ChainRun<B> plan, Device<B> device, List<B> ins, List<B> outs) {
    this.plan = plan;
    this.device = device;
    this.ins = ins;
    this.outs = outs;
  }

  /**
   * Runs the plan over a signal.
   *
   * @param blockFrames frames of a block, fewer than the signal has
   * @return frames written
   */
  long carry(SignalBuffer from, SignalBuffer to, long blockFrames) {
    in = from;
    out = to;
    chunk = blockFrames;
    blocks = Math.ceilDiv(from.frames(), blockFrames);
    written = 0;
    for (turn = -1; turn <= blocks; turn++) {
      stations.run(STATIONS);
    }
    return written;
  }

  @Override
  public void part(int station, int stations) {
    switch (station) {
      case 0 -> compute(turn);
      case 1 -> upload(turn + 1);
      default -> download(turn - 1);
    }
  }

  private void upload(long block) {
    if (block < blocks) {
      device.upload(in, block * chunk, ins.get(side(block)), frames(block));
    }
  }

  private void compute(long block) {
    if (block >= 0 && block < blocks) {
      B target = outs.get(side(block));
      device.bind(out, written, target);
      made[side(block)] = plan.run(ins.get(side(block)), target, frames(block));
      written += made[side(block)];
    }
  }

  private void download(long block) {
    if (block >= 0) {
      device.download(outs.get(side(block)), made[side(block)]);
    }
  }

  private static int side(long block) {
    return (int) (block & 1);
  }

  private long frames(long block) {
    return Math.min(chunk, in.frames() - block * chunk);
  }
}
