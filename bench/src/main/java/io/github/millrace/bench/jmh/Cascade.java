package io.github.millrace.bench.jmh;

import io.github.millrace.bench.Workload;
import org.openjdk.jmh.annotations.Param;

/** A Butterworth low-pass of order {@code 2 sections}. */
public class Cascade extends StageSuite {

  /** Second-order sections. */
  @Param({"1", "2", "4", "8"})
  public int sections;

  /** Whether the cutoff is 0.001 of the Nyquist frequency rather than 0.02. */
  @Param("false")
  public boolean narrow;

  /** Made by JMH. */
  public Cascade() {}

  @Override
  protected Workload workload() {
    return Workload.cascade(sections, narrow);
  }
}
