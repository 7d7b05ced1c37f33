package io.github.millrace.bench.jmh;

import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Reports the speed of the copy, which every suite takes after each iteration in the same process
 * and the same buffers.
 */
public final class CopyProfiler implements InternalProfiler {

  private static volatile double samplesPerSecond;

  /** Made by JMH. */
  public CopyProfiler() {}

  /** Notes the speed of the copy in this iteration, in samples per second. */
  static void note(double speed) {
    samplesPerSecond = speed;
  }

  @Override
  public String getDescription() {
    return "Samples per second that as many threads copy in the same buffers";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {}

  @Override
  public Collection<ScalarResult> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    return List.of(
        new ScalarResult("memcpy", samplesPerSecond, "samples/s", AggregationPolicy.AVG));
  }
}
