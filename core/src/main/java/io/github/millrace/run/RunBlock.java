package io.github.millrace.run;

import io.github.millrace.io.SignalReader;
import io.github.millrace.io.SignalWriter;
import io.github.millrace.plan.Plan;
import io.github.millrace.signal.SignalBuffer;
import java.io.IOException;

/** A stretch of signal on its way from source to sink, in memory that is used again. */
final class RunBlock implements AutoCloseable {

  private final SignalBuffer in;
  private final SignalBuffer out;
  private long framesIn;
  private long framesOut;

  /** A block of at most this many input frames; one buffer serves for both if the plan may. */
  RunBlock(Plan plan, long frames) {
    in = SignalBuffer.allocate(plan.inputFormat(), frames);
    out =
        plan.keepsLength()
            ? in
            : SignalBuffer.allocate(plan.outputFormat(), plan.maxOutputFrames(frames));
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

  @Override
  public void close() {
    in.close();
    out.close();
  }
}
