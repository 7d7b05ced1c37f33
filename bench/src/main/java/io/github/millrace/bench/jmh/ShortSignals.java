package io.github.millrace.bench.jmh;

import io.github.millrace.bench.Rig;
import io.github.millrace.bench.Workload;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** A batch of many short mono signals: one after the other, or as the channels of one forward. */
public class ShortSignals extends PlanSuite {

  /** How many. */
  @Param("1024")
  public int signals;

  /** Frames of each. */
  @Param("4096")
  public long frames;

  /** Second-order sections. */
  @Param("4")
  public int sections;

  private Rig all;

  /** Made by JMH. */
  public ShortSignals() {}

  @Override
  protected Workload workload() {
    return Workload.cascade(sections, false);
  }

  @Override
  protected int channels() {
    return 1;
  }

  @Override
  protected long frames() {
    return frames;
  }

  /** Prepares a plan for all signals at once too. */
  @Setup
  public void prepareAll() {
    all = open(signals);
  }

  /** One plan, which starts anew with every signal. */
  @Benchmark
  public void oneByOne(Speed speed) {
    for (int i = 0; i < signals; i++) {
      rig().restart();
      rig().forward();
    }
    speed.samples += signals * rig().samples();
  }

  /** Every signal a channel. */
  @Benchmark
  public void together(Speed speed) {
    all.restart();
    all.forward();
    speed.samples += all.samples();
  }

  /** Frees the second plan. */
  @TearDown
  public void closeAll() {
    all.close();
  }
}
