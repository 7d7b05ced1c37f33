package io.github.millrace.bench;

import io.github.millrace.choice.Backends;
import io.github.millrace.choice.Planner;
import io.github.millrace.plan.Length;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** What who filters whole arrays waits for, beside the work that it cannot be without. */
public final class ArrayCalls {

  private static final int LONGEST = Integer.MAX_VALUE - 8;

  private final BenchCase bench;
  private final Pipeline pipeline;

  /** Keeps the compiler from leaving out what nobody looks at. */
  @SuppressWarnings("unused")
  private volatile Object result;

  private ArrayCalls(BenchCase bench) {
    this.bench = bench;
    pipeline = bench.workload().pipeline();
  }

  /** Arrays of one type, and what is done with them. */
  private record Arrays(
      SignalBuffer in, Supplier<Object> make, Supplier<Object> filter, Forward forward) {}

  private interface Forward {
    Object run(Plan plan);
  }

  /**
   * Checks the output of a call, then times calls in turn.
   *
   * @param bench one channel; {@code Pipeline.filter} takes no notice of its options
   * @throws IllegalArgumentException if no array has so many samples, or the case more channels
   * @throws WrongOutputException if the output is wrong
   */
  public static CallRow run(BenchCase bench, Rounds rounds) {
    if (bench.channels() != 1 || bench.frames() > LONGEST) {
      throw new IllegalArgumentException(
          "calls are measured on one channel of up to 2^31 - 9 frames, not on "
              + bench.channels()
              + " of "
              + bench.frames());
    }
    return new ArrayCalls(bench).run(rounds);
  }

  private CallRow run(Rounds rounds) {
    Arrays arrays = bench.type() == SampleType.FLOAT64 ? doubles() : floats();
    Length length = Length.once(bench.frames());
    try (Plan plan =
            new Planner(Backends.all())
                .prepare(pipeline, bench.format(), bench.options().withLength(length));
        SignalBuffer in = SignalBuffer.allocate(bench.format(), bench.frames());
        SignalBuffer out = SignalBuffer.allocate(bench.format(), bench.frames())) {
      in.segment().copyFrom(arrays.in.segment());
      double error = check(view(arrays.filter.get()), in);
      plan.reset();
      error = Math.max(error, check(view(arrays.forward.run(plan)), in));
      double[] seconds =
          rounds.medianSeconds(
              () -> plan.forward(in, out),
              () -> result = arrays.forward.run(plan),
              () -> result = arrays.make.get(),
              () -> result = arrays.filter.get());
      return new CallRow(
          bench, plan.device().backend(), seconds[0], seconds[1], seconds[2], seconds[3], error);
    }
  }

  private double check(SignalBuffer y, SignalBuffer in) {
    return OutputCheck.require(bench, "arrays", in, y);
  }

  private static SignalBuffer view(Object array) {
    return array instanceof double[] wide
        ? SignalBuffer.wrap(wide)
        : SignalBuffer.wrap((float[]) array);
  }

  private Arrays doubles() {
    int frames = (int) bench.frames();
    double[] x = new SplittableRandom(frames).doubles(frames, -1, 1).toArray();
    double[] y = new double[frames];
    return new Arrays(
        SignalBuffer.wrap(x),
        () -> new double[frames],
        () -> pipeline.filter(x, Workload.SAMPLE_RATE),
        plan -> {
          plan.forward(x, y);
          return y;
        });
  }

  private Arrays floats() {
    int frames = (int) bench.frames();
    SplittableRandom random = new SplittableRandom(frames);
    float[] x = new float[frames];
    for (int i = 0; i < frames; i++) {
      x[i] = (float) random.nextDouble(-1, 1);
    }
    float[] y = new float[frames];
    return new Arrays(
        SignalBuffer.wrap(x),
        () -> new float[frames],
        () -> pipeline.filter(x, Workload.SAMPLE_RATE),
        plan -> {
          plan.forward(x, y);
          return y;
        });
  }
}
