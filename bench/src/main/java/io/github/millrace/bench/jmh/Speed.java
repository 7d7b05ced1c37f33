package io.github.millrace.bench.jmh;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Counts samples, so that JMH reports them by the second. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Speed {

  /** Samples read so far, all channels together. */
  public long samples;

  /** Made by JMH. */
  public Speed() {}
}
