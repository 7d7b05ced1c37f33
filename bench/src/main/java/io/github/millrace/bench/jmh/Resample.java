package io.github.millrace.bench.jmh;

import io.github.millrace.bench.Workload;

/** 48 to 44.1 kHz in standard quality. */
public class Resample extends StageSuite {

  /** Made by JMH. */
  public Resample() {}

  @Override
  protected Workload workload() {
    return Workload.resample();
  }
}
