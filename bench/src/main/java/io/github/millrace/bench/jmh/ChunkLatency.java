package io.github.millrace.bench.jmh;

import io.github.millrace.bench.Workload;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;

/** The time of each forward of a short block, with its percentiles. */
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ChunkLatency extends PlanSuite {

  /** Frames of a block. */
  @Param({"128", "256", "512", "1024", "2048"})
  public int chunk;

  /** Number of channels. */
  @Param("1")
  public int channels;

  /** Second-order sections. */
  @Param("4")
  public int sections;

  /** Made by JMH. */
  public ChunkLatency() {}

  @Override
  protected Workload workload() {
    return Workload.cascade(sections, false);
  }

  @Override
  protected int channels() {
    return channels;
  }

  @Override
  protected long frames() {
    return chunk;
  }

  /** Filters the next block of the stream. */
  @Benchmark
  public void forward() {
    rig().forward();
  }
}
