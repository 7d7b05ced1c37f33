package io.github.millrace.bench.jmh;

import io.github.millrace.bench.Copier;
import io.github.millrace.bench.CopyMethod;
import io.github.millrace.bench.Workload;
import io.github.millrace.plan.PlanOptions;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.TearDown;

/** The copy alone, both ways. */
public class Memcpy extends Suite {

  /** Number of channels. */
  @Param("1")
  public int channels;

  /** Frames of every copy. */
  @Param("16777216")
  public long frames;

  private Copier copier;

  /** Made by JMH. */
  public Memcpy() {}

  /**
   * Allocates, and checks both ways to copy.
   *
   * @throws io.github.millrace.bench.WrongOutputException if a copy differs from its original
   */
  @Setup
  public void prepare() {
    copier = Copier.open(bench(Workload.MEMCPY, channels, frames, PlanOptions.DEFAULTS));
    for (CopyMethod method : CopyMethod.values()) {
      copier.check(method);
    }
  }

  @Override
  protected Copier copier() {
    return copier;
  }

  /** The C library's memcpy. */
  @Benchmark
  public void libc(Speed speed) {
    copier.copy(CopyMethod.LIBC);
    speed.samples += copier.samples();
  }

  /** MemorySegment.copyFrom. */
  @Benchmark
  public void java(Speed speed) {
    copier.copy(CopyMethod.JAVA);
    speed.samples += copier.samples();
  }

  /** Frees everything. */
  @TearDown
  public void close() {
    copier.close();
  }
}
