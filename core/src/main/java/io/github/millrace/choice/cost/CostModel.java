package io.github.millrace.choice.cost;

import io.github.millrace.backend.Step;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.plan.Prediction;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.StreamFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The time of a chain on a device, from a profile: transfers, the overhead of every stage in every
 * block, and time in proportion to the work. Any thread.
 *
 * @param profile what was measured
 */
public record CostModel(Profile profile) {

  /** The threshold of a chain whose cascades are never faster in parallel. */
  public static final long NEVER = Long.MAX_VALUE;

  /** Frames beyond which no crossover is looked for. */
  private static final long LONGEST = 1L << 40;

  /** Sub-blocks of a CPU have at least so many frames. */
  private static final double SHORTEST_BLOCK = 1024;

  /**
   * The time of a chain.
   *
   * @param steps the chain, lowered
   * @param options threads, precision, length; where there is no threshold, the better path
   * @return empty where a stage was not measured
   */
  public Optional<Prediction> predict(DeviceKey device, List<Step> steps, PlanOptions options) {
    Optional<DeviceCost> cost = profile.cost(device);
    Optional<List<Work>> works = works(device, steps, options);
    if (cost.isEmpty() || works.isEmpty()) {
      return Optional.empty();
    }
    double forward = forward(cost.get(), works.get(), options);
    double total = forward;
    if (options.length().totalFrames() > 0) {
      double forwards =
          (double) options.length().totalFrames() / options.length().expectedForward();
      total = cost.get().startNanos() + Math.max(1, forwards) * forward;
    }
    return Optional.of(new Prediction(forward, cost.get().startNanos(), total));
  }

  /**
   * The frames from which the cascades of a chain, taken together, are faster in parallel.
   *
   * @return {@link #NEVER} if they never are; empty where they were not measured by both paths
   */
  public OptionalLong threshold(DeviceKey device, List<Step> steps, PlanOptions options) {
    List<Step> cascades =
        steps.stream()
            .filter(step -> StageKind.of(step.stage()).contains(StageKind.CASCADE))
            .toList();
    Optional<List<Work>> works = works(device, cascades, options);
    if (cascades.isEmpty() || works.isEmpty() || !works.get().stream().allMatch(Work::hasBoth)) {
      return OptionalLong.empty();
    }
    long high = 1;
    while (!parallelWins(works.get(), high, options)) {
      if (high >= LONGEST) {
        return OptionalLong.of(NEVER);
      }
      high *= 2;
    }
    long low = high / 2;
    while (high - low > 1) {
      long middle = (low + high) / 2;
      if (parallelWins(works.get(), middle, options)) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return OptionalLong.of(high);
  }

  private boolean parallelWins(List<Work> works, long frames, PlanOptions options) {
    double difference = 0;
    for (Work work : works) {
      difference += work.nanos(frames * work.ratio(), options.withThreshold(0));
      difference -= work.nanos(frames * work.ratio(), options.withThreshold(NEVER));
    }
    return difference <= 0;
  }

  private Optional<List<Work>> works(DeviceKey device, List<Step> steps, PlanOptions options) {
    List<Work> works = new ArrayList<>();
    double ratio = 1;
    for (Step step : steps) {
      SampleType type = step.in().type();
      SampleType arithmetic = options.precision().arithmetic(type);
      List<Work.Way> ways = new ArrayList<>();
      for (StageKind kind : StageKind.of(step.stage())) {
        var rows = profile.rows(new StepKey(device, type, arithmetic, kind, 0));
        if (!rows.isEmpty()) {
          ways.add(new Work.Way(kind.units(step), rows));
        }
      }
      if (ways.isEmpty()) {
        return Optional.empty();
      }
      works.add(new Work(step, ways, ratio));
      ratio *= works.getLast().stretch();
    }
    return Optional.of(works);
  }

  private static double forward(DeviceCost device, List<Work> works, PlanOptions options) {
    double frames = options.length().expectedForward();
    boolean travels = device.up().isPresent();
    double blocks = 1;
    if (travels || works.size() > 1) {
      double share = travels ? device.blockBytes() : device.blockBytes() * options.threadCount();
      double block = Math.max(SHORTEST_BLOCK, share / bytesPerFrame(works));
      blocks = Math.max(1, Math.ceil(frames / block));
    }
    double compute = 0;
    for (Work work : works) {
      compute += blocks * work.nanos(frames / blocks * work.ratio(), options);
    }
    if (!travels) {
      return device.callNanos() + compute;
    }
    double up = device.up().get().nanos(blocks, frames * bytes(works.getFirst().step().in()));
    Work last = works.getLast();
    double framesOut = frames * last.ratio() * last.stretch();
    double down = device.down().orElseThrow().nanos(blocks, framesOut * bytes(last.step().out()));
    // The blocks of a long signal travel while kernels work: the slowest of the three is seen.
    double slowest = Math.max(compute, Math.max(up, down));
    return device.callNanos() + slowest + (up + compute + down - slowest) / blocks;
  }

  private static double bytes(StreamFormat format) {
    return (double) format.planes() * format.type().bytes();
  }

  private static double bytesPerFrame(List<Work> works) {
    double most = 1;
    for (Work work : works) {
      most = Math.max(most, work.ratio() * bytes(work.step().in()));
      most = Math.max(most, work.ratio() * work.stretch() * bytes(work.step().out()));
    }
    return most;
  }
}
