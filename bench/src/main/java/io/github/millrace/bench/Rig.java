package io.github.millrace.bench;

import io.github.millrace.choice.Backends;
import io.github.millrace.choice.Planner;
import io.github.millrace.plan.Decision;
import io.github.millrace.plan.Length;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.PlanarLayout;
import io.github.millrace.signal.SignalBuffer;

/**
 * A plan with buffers in rotation, to be run again and again, and beside it the copy of the same
 * buffers by as many threads. The filter's state runs on from one forward to the next. One thread.
 */
public final class Rig implements AutoCloseable {

  private final BenchCase bench;
  private final Plan plan;
  private final Buffers buffers;
  private final Copier copier;

  private Rig(BenchCase bench, Plan plan, long bytes) {
    this.bench = bench;
    this.plan = plan;
    long written = plan.maxOutputFrames(bench.frames()) + plan.flushFrames();
    // The copy needs as much room as the input.
    long room = Math.max(written, bench.frames());
    PlanarLayout out = Buffers.layout(plan.outputFormat(), room);
    buffers = new Buffers(Buffers.layout(bench.format(), bench.frames()), out, bytes);
    copier = new Copier(bench, buffers);
  }

  /**
   * Prepares a case.
   *
   * @throws io.github.millrace.plan.BackendException if no allowed device can run it
   * @throws OutOfMemoryError if the memory cannot be had
   */
  public static Rig open(BenchCase bench) {
    return open(bench, Buffers.uncached());
  }

  /**
   * Prepares a case with at most four pairs of buffers, as a stream has them: small blocks lie in
   * the caches.
   *
   * @throws io.github.millrace.plan.BackendException if no allowed device can run it
   * @throws OutOfMemoryError if the memory cannot be had
   */
  public static Rig openFew(BenchCase bench) {
    return open(bench, Buffers.few(bench));
  }

  /** Prepares a case, with buffers of that many bytes or more in all. */
  static Rig open(BenchCase bench, long bytes) {
    return open(bench, bytes, new Planner(Backends.all()));
  }

  /** Prepares a case, with a planner of one's own and buffers of that many bytes or more in all. */
  public static Rig open(BenchCase bench, long bytes, Planner planner) {
    PlanOptions options = bench.options().withLength(Length.stream(bench.frames()));
    Plan plan = planner.prepare(bench.workload().pipeline(), bench.format(), options);
    try {
      return new Rig(bench, plan, bytes);
    } catch (RuntimeException | Error e) {
      plan.close();
      throw e;
    }
  }

  /**
   * Compares the output for one input, from a fresh start, with the Java reference backend's.
   *
   * @return the largest difference, relative to the reference's peak
   * @throws WrongOutputException if it is larger than rounding explains
   */
  public double check() {
    SignalBuffer out = buffers.out();
    plan.reset();
    long frames = plan.forward(buffers.in(), out);
    frames += plan.flush(out.slice(frames, out.frames() - frames));
    plan.reset();
    return OutputCheck.require(bench, backend(), buffers.in(), out.slice(0, frames));
  }

  /** Returns to the start of a stream. */
  public void restart() {
    plan.reset();
  }

  /** Filters the next input. */
  public void forward() {
    plan.forward(buffers.in(), buffers.out());
    buffers.rotate();
  }

  /** Why the plan runs where and how it does. */
  public Decision decision() {
    return plan.decision();
  }

  /** What copies the same buffers; it dies with this rig. */
  public Copier copier() {
    return copier;
  }

  /** Samples read by one forward. */
  public long samples() {
    return bench.samples();
  }

  /** The backend that runs the plan. */
  public String backend() {
    return plan.device().backend();
  }

  /** The name of the device that runs the plan. */
  public String device() {
    return plan.device().name();
  }

  /** What runs where and how. */
  public String describe() {
    return plan.describe();
  }

  /** Frees everything; closing twice is harmless. */
  @Override
  public void close() {
    plan.close();
    copier.close();
  }
}
