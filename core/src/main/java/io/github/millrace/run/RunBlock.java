package io.github.millrace.run;

import io.github.millrace.host.PooledMemory;
import io.github.millrace.io.SignalReader;
import io.github.millrace.io.SignalWriter;
import io.github.millrace.plan.Plan;
import io.github.millrace.signal.PlanarLayout;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of signal on its way from source to sink: in memory that is used again, or, where it
 * travels to a device, in the plan's own on both sides.
 */
final class RunBlock implements AutoCloseable {

  private final List<PooledMemory> pooled = new ArrayList<>();
  private final List<SignalBuffer> owned = new ArrayList<>();
  private final SignalBuffer in;
  private final SignalBuffer out;
  private final SignalBuffer deviceIn;
  private final SignalBuffer deviceOut;
  private long framesIn;
  private long framesOut;

  /**
   * A block of at most this many input frames; one buffer of the host's serves for both ends if the
   * plan may.
   *
   * @param travels whether its samples are copied to the plan's device and back by {@link #upload}
   *     and {@link #download}, not by the plan
   */
  RunBlock(Plan plan, long frames, boolean travels) {
    try {
      in = buffer(plan, plan.inputFormat(), frames, travels);
      boolean one = plan.keepsLength();
      long room = one ? frames : plan.maxOutputFrames(frames);
      out = one ? in : buffer(plan, plan.outputFormat(), room, travels);
      deviceIn = travels ? own(plan.allocateOnDevice(plan.inputFormat(), frames)) : in;
      deviceOut = travels ? own(plan.allocateOnDevice(plan.outputFormat(), room)) : out;
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private SignalBuffer buffer(Plan plan, StreamFormat format, long frames, boolean travels) {
    if (travels) {
      return own(plan.allocate(format, frames));
    }
    PlanarLayout layout = PlanarLayout.aligned(format.type(), format.planes(), frames);
    PooledMemory memory = PooledMemory.take(layout.byteSize());
    pooled.add(memory);
    return SignalBuffer.wrap(memory.segment(), layout);
  }

  private SignalBuffer own(SignalBuffer buffer) {
    owned.add(buffer);
    return buffer;
  }

  /** Reads as much as there is room for. */
  void read(SignalReader source) throws IOException {
    framesIn = source.read(in, 0, in.frames());
  }

  /** Whether nothing was read. */
  boolean isEmpty() {
    return framesIn == 0;
  }

  /** Whether less was read than there is room for: nothing will follow. */
  boolean isLast() {
    return framesIn < in.frames();
  }

  /** Copies what was read to the device; returns how many bytes that were. */
  long upload() {
    part(deviceIn, framesIn).copyFrom(part(in, framesIn));
    return bytes(in, framesIn);
  }

  /** Filters what was read; returns how many frames that were. */
  long filter(Plan plan) {
    boolean one = deviceOut == deviceIn;
    framesOut = plan.forward(part(deviceIn, framesIn), one ? part(deviceOut, framesIn) : deviceOut);
    return framesIn;
  }

  /** Copies what was filtered from the device; returns how many bytes that were. */
  long download() {
    part(out, framesOut).copyFrom(part(deviceOut, framesOut));
    return bytes(out, framesOut);
  }

  private static SignalBuffer part(SignalBuffer buffer, long frames) {
    return frames == buffer.frames() ? buffer : buffer.slice(0, frames);
  }

  private static long bytes(SignalBuffer buffer, long frames) {
    return frames * buffer.planes() * buffer.type().bytes();
  }

  /** Writes what was filtered. */
  void write(SignalWriter sink) throws IOException {
    sink.write(out, 0, framesOut);
  }

  /** Keeps the host's memory for other runs; nobody is at work on it. */
  void giveBack() {
    pooled.forEach(PooledMemory::giveBack);
    pooled.clear();
    close();
  }

  /** Frees the memory, after a run that failed. */
  @Override
  public void close() {
    pooled.forEach(PooledMemory::free);
    owned.forEach(SignalBuffer::close);
  }
}
