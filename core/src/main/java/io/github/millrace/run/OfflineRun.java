package io.github.millrace.run;

import io.github.millrace.host.Cores;
import io.github.millrace.io.FileFormat;
import io.github.millrace.io.Metadata;
import io.github.millrace.io.ReadOptions;
import io.github.millrace.io.SignalFiles;
import io.github.millrace.io.SignalReader;
import io.github.millrace.io.SignalWriter;
import io.github.millrace.io.WriteOptions;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.run.Turns.Work;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * One whole signal through a plan, from a source to a sink: from reset state to flush and commit.
 *
 * <p>A few threads carry blocks from the source to the sink, so that reading, filtering and writing
 * overlap; memory stays the same however long the signal, and one of a single block takes no
 * thread. Runs once. The sink is committed at the end, or closed without, so that nothing is left,
 * if anything fails or the run is cancelled; the source and the plan stay open. Only {@link
 * #cancel} may be called by other threads.
 */
public final class OfflineRun {

  private final SignalReader source;
  private final Plan plan;
  private final SignalWriter sink;
  private final ProgressListener listener;
  private final Turns turns = new Turns();
  private final List<RunBlock> blocks = new ArrayList<>();
  private RunClock clock;
  private boolean travels;
  private long framesIn;
  private long bytesUp;
  private long bytesDown;

  /** A run that tells nobody how far it is. */
  public OfflineRun(SignalReader source, Plan plan, SignalWriter sink) {
    this(source, plan, sink, progress -> {});
  }

  /**
   * A run.
   *
   * @param source read to its end
   * @param plan its input format has the source's channels and, where both are known, its rate
   * @param sink takes the plan's output channels
   * @param listener is told after every block
   * @throws IllegalArgumentException if channels or rates differ, or the plan writes spectra
   */
  public OfflineRun(SignalReader source, Plan plan, SignalWriter sink, ProgressListener listener) {
    int channels = source.info().channels();
    if (plan.inputFormat().channels() != channels) {
      throw new IllegalArgumentException(
          "the source has "
              + channels
              + " channels, the plan reads "
              + plan.inputFormat().channels());
    }
    double rate = source.info().sampleRate();
    double planned = plan.inputFormat().sampleRate();
    if (rate != planned && rate != 0 && planned != 0) {
      throw new IllegalArgumentException(
          "the source has " + rate + " Hz, the plan was prepared for " + planned + " Hz");
    }
    if (plan.outputFormat().isSpectrum()) {
      throw new IllegalArgumentException(
          "the plan writes spectra, a file holds samples in time; end with an inverse FFT");
    }
    this.source = source;
    this.plan = plan;
    this.sink = sink;
    this.listener = listener;
  }

  /**
   * Filters a file into a new one, on the best device present. The output has the encoding of the
   * input, and its metadata as far as it still holds; its format is that of its name.
   *
   * @param listener is told after every block
   * @throws IOException if a file cannot be read or written, or the output exists; then nothing is
   *     left of it
   * @throws IllegalArgumentException if the pipeline does not fit the file
   * @throws io.github.millrace.plan.BackendException if no device can run it, or the device failed
   */
  public static RunStatistics file(Path in, Path out, Pipeline pipeline, ProgressListener listener)
      throws IOException {
    try (SignalReader source = SignalFiles.open(in.toString(), ReadOptions.DEFAULT)) {
      FileFormat info = source.info();
      StreamFormat format =
          new StreamFormat(info.sampleRate(), info.channels(), info.encoding().sampleType());
      PlanOptions defaults = PlanOptions.DEFAULTS;
      PlanOptions options = defaults.withLength(RunSizes.length(format, info.frames(), defaults));
      try (Plan plan = pipeline.prepare(format, options);
          SignalWriter sink = SignalFiles.create(out.toString(), like(info, pipeline, format))) {
        return new OfflineRun(source, plan, sink, listener).execute();
      }
    }
  }

  private static WriteOptions like(FileFormat info, Pipeline pipeline, StreamFormat in) {
    StreamFormat out = pipeline.output(in);
    return WriteOptions.like(info)
        .withSampleRate(out.sampleRate())
        .withChannels(out.channels())
        .withMetadata(Metadata.of(info, pipeline.shiftFrames(in)))
        .withFrames(pipeline.framesOut(info.frames(), in));
  }

  /**
   * Runs to the end.
   *
   * @throws IOException if the source or the sink failed
   * @throws io.github.millrace.plan.BackendException if the device failed
   * @throws CancellationException after {@link #cancel}, or if the thread was interrupted
   * @throws IllegalStateException if it ran already
   */
  public RunStatistics execute() throws IOException {
    if (clock != null) {
      throw new IllegalStateException("the run was executed already, expected a new one");
    }
    clock = new RunClock(source, sink);
    try {
      plan.reset();
      carryAll();
      turns.check();
      clock.carried();
      flush();
      sink.addMetadata(source.lateMetadata());
      sink.commit();
      clock.committed();
      blocks.forEach(RunBlock::giveBack);
      blocks.clear();
    } catch (IOException | RuntimeException | Error e) {
      abandon(e);
      throw e;
    } finally {
      blocks.forEach(RunBlock::close);
    }
    return new RunStatistics(
        plan.inputFormat(),
        framesIn,
        sink.frames(),
        clock.elapsedNanos() * 1e-9,
        clock.times(),
        traffic(),
        sink.clipped(),
        sink.undefined(),
        sink.peak());
  }

  /** Ends the run soon; harmless when it has ended. */
  public void cancel() {
    turns.cancel();
  }

  private void carryAll() {
    long total = source.info().frames();
    long frames = RunSizes.blockFrames(plan, total);
    boolean single = total >= 0 && total <= frames;
    travels = plan.transfers() && !single;
    for (int i = 0; i < (single ? 1 : RunSizes.threads(plan)); i++) {
      blocks.add(new RunBlock(plan, frames, travels));
    }
    Overlap overlap = new Overlap(turns, blocks, this::carry);
    if (single) {
      overlap.runHere();
    } else if (!overlap.run()) {
      // A thread that hangs still has them: they stay allocated.
      blocks.clear();
    }
  }

  /** What the plan copies by itself is counted here. */
  private RunTraffic traffic() {
    if (!plan.transfers()) {
      return RunTraffic.NONE;
    }
    return travels
        ? new RunTraffic(bytesUp, bytesDown, framesIn > RunSizes.blockFrames(plan, -1))
        : new RunTraffic(
            framesIn * RunSizes.frameBytes(plan.inputFormat()),
            sink.frames() * RunSizes.frameBytes(plan.outputFormat()),
            false);
  }

  private boolean carry(long number, RunBlock block) throws IOException, InterruptedException {
    return at(Work.READ, number, () -> read(number, block))
        && !block.isEmpty()
        && (!travels || at(Work.UPLOAD, number, () -> bytesUp += block.upload()))
        && at(Work.FILTER, number, () -> filter(block))
        && (!travels || at(Work.DOWNLOAD, number, () -> bytesDown += block.download()))
        && at(Work.WRITE, number, () -> write(block))
        && !block.isLast();
  }

  /** One kind of work on a block. */
  private interface Task {
    void run() throws IOException;
  }

  /** Does work on a block when it is its turn; false if that never comes. */
  private boolean at(Work work, long number, Task task) throws IOException, InterruptedException {
    long since = System.nanoTime();
    if (!turns.await(work, number)) {
      return false;
    }
    long turn = System.nanoTime();
    task.run();
    clock.add(work, since, turn);
    turns.pass(work, number);
    return true;
  }

  private void read(long number, RunBlock block) throws IOException {
    Cores.take();
    try {
      block.read(source);
    } finally {
      Cores.giveBack();
    }
    if (block.isLast()) {
      turns.end(block.isEmpty() ? number : number + 1);
    }
  }

  private void filter(RunBlock block) {
    framesIn += block.filter(plan);
    listener.progress(new Progress(framesIn, source.info().frames(), clock.elapsedNanos()));
  }

  private void write(RunBlock block) throws IOException {
    Cores.take();
    try {
      block.write(sink);
    } finally {
      Cores.giveBack();
    }
  }

  private void flush() throws IOException {
    long most = plan.flushFrames();
    if (most == 0) {
      return;
    }
    try (SignalBuffer rest = SignalBuffer.allocate(plan.outputFormat(), most)) {
      long frames = plan.flush(rest);
      clock.flushed();
      sink.write(rest, 0, frames);
    }
  }

  private void abandon(Throwable failure) {
    try {
      sink.close();
    } catch (IOException | RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
