package io.github.millrace.bench.jmh;

import io.github.millrace.bench.Workload;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** A stereo signal in memory through seven sections and a gain, in one forward. */
public class OfflineChain extends PlanSuite {

  /** Length of the signal. */
  @Param("600")
  public int seconds;

  /** Made by JMH. */
  public OfflineChain() {}

  @Override
  protected Workload workload() {
    return Workload.chain();
  }

  @Override
  protected int channels() {
    return 2;
  }

  @Override
  protected long frames() {
    return (long) seconds * Workload.SAMPLE_RATE;
  }

  /** Filters the whole signal from its start. */
  @Benchmark
  public void whole(Speed speed) {
    rig().restart();
    rig().forward();
    speed.samples += rig().samples();
  }
}
