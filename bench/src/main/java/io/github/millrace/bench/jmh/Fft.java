package io.github.millrace.bench.jmh;

import io.github.millrace.bench.Workload;
import org.openjdk.jmh.annotations.Param;

/** The spectrum of every block. */
public class Fft extends StageSuite {

  /** Frames of a block. */
  @Param({"1024", "4096", "16384"})
  public int block;

  /** Made by JMH. */
  public Fft() {}

  @Override
  protected Workload workload() {
    return Workload.fft(block);
  }
}
