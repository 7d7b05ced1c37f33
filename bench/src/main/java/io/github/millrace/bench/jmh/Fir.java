package io.github.millrace.bench.jmh;

import io.github.millrace.bench.Workload;
import org.openjdk.jmh.annotations.Param;

/** A low-pass FIR by the window method, from short to long. */
public class Fir extends StageSuite {

  /** Number of taps. */
  @Param({"63", "1023", "4097", "16385", "65537"})
  public int taps;

  /** Made by JMH. */
  public Fir() {}

  @Override
  protected Workload workload() {
    return Workload.fir(taps);
  }
}
