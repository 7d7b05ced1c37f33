package io.github.millrace.run;

import io.github.millrace.host.PooledMemory;
import io.github.millrace.io.SignalReader;
import io.github.millrace.io.SignalWriter;
import io.github.millrace.plan.Plan;
import io.github.millrace.signal.PlanarLayout;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import java.io.IOException;

/** A stretch of signal on its way from source to sink, in memory that is used again. */
final class RunBlock implements AutoCloseable {

  private final PooledMemory inMemory;
  private final PooledMemory outMemory;
  private final SignalBuffer in;
  private final SignalBuffer out;
  private long framesIn;
  private long framesOut;

  /** A block of at most this many input frames; one buffer serves for both if the plan may. */
  RunBlock(Plan plan, long frames) {
    PlanarLayout shape = layout(plan.inputFormat(), frames);
    PlanarLayout outShape =
        plan.keepsLength() ? shape : layout(plan.outputFormat(), plan.maxOutputFrames(frames));
    inMemory = PooledMemory.take(shape.byteSize());
    in = SignalBuffer.wrap(inMemory.segment(), shape);
    outMemory = plan.keepsLength() ? null : takeOrFree(outShape.byteSize());
    out = outMemory == null ? in : SignalBuffer.wrap(outMemory.segment(), outShape);
  }

  private PooledMemory takeOrFree(long bytes) {
    try {
      return PooledMemory.take(bytes);
    } catch (RuntimeException | Error e) {
      inMemory.free();
      throw e;
    }
  }

  private static PlanarLayout layout(StreamFormat format, long frames) {
    return PlanarLayout.aligned(format.type(), format.planes(), frames);
  }

  /** Reads as much as there is room for; false if there was less, and nothing will follow. */
  boolean read(SignalReader source) throws IOException {
    framesIn = source.read(in, 0, in.frames());
    return framesIn == in.frames();
  }

  /** Whether nothing was read. */
  boolean isEmpty() {
    return framesIn == 0;
  }

  /** Filters what was read; returns how many frames that were. */
  long filter(Plan plan) {
    framesOut = plan.forward(framesIn == in.frames() ? in : in.slice(0, framesIn), output());
    return framesIn;
  }

  private SignalBuffer output() {
    return out != in || framesIn == in.frames() ? out : in.slice(0, framesIn);
  }

  /** Writes what was filtered. */
  void write(SignalWriter sink) throws IOException {
    sink.write(out, 0, framesOut);
  }

  /** Keeps the memory for other runs; nobody is at work on it. */
  void giveBack() {
    inMemory.giveBack();
    if (outMemory != null) {
      outMemory.giveBack();
    }
  }

  /** Frees the memory, after a run that failed. */
  @Override
  public void close() {
    inMemory.free();
    if (outMemory != null) {
      outMemory.free();
    }
  }
}
