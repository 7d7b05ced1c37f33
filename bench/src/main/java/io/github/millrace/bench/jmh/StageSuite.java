package io.github.millrace.bench.jmh;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** What all suites of stages have in common: forwards of one plan over long blocks. */
public abstract class StageSuite extends PlanSuite {

  /** Number of channels. */
  @Param("1")
  public int channels;

  /** Frames of every forward. */
  @Param("16777216")
  public long frames;

  /** Made by JMH. */
  protected StageSuite() {}

  @Override
  protected int channels() {
    return channels;
  }

  @Override
  protected long frames() {
    return frames;
  }

  /** Filters the next of the rotating inputs. */
  @Benchmark
  public void forward(Speed speed) {
    rig().forward();
    speed.samples += rig().samples();
  }
}
