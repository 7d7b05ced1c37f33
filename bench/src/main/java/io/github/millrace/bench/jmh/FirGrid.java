package io.github.millrace.bench.jmh;

import io.github.millrace.bench.Workload;
import org.openjdk.jmh.annotations.Param;

/** Low-pass FIRs of about a hundred taps, odd and even, at five cutoffs. */
public class FirGrid extends StageSuite {

  /** Number of taps. */
  @Param({"101", "102", "103", "104", "105"})
  public int taps;

  /** Cutoff as a fraction of the Nyquist frequency. */
  @Param({"0.05", "0.1", "0.2", "0.4", "0.8"})
  public double cutoff;

  /** Made by JMH. */
  public FirGrid() {}

  @Override
  protected Workload workload() {
    return Workload.fir(taps, cutoff);
  }
}
