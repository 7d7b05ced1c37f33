package io.github.millrace.bench.jmh;

import io.github.millrace.bench.Workload;
import org.openjdk.jmh.annotations.Param;

/** A low-pass FIR by the window method. */
public class Fir extends StageSuite {

  /** Number of taps. */
  @Param({"63", "4097"})
  public int taps;

  /** Made by JMH. */
  public Fir() {}

  @Override
  protected Workload workload() {
    return Workload.fir(taps);
  }
}
