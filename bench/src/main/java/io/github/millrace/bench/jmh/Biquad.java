package io.github.millrace.bench.jmh;

import io.github.millrace.bench.Workload;

/** One section: a peak of the audio equaliser cookbook. */
public class Biquad extends StageSuite {

  /** Made by JMH. */
  public Biquad() {}

  @Override
  protected Workload workload() {
    return Workload.biquad();
  }
}
