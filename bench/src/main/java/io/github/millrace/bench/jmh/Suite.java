package io.github.millrace.bench.jmh;

import io.github.millrace.bench.Bench;
import io.github.millrace.bench.BenchCase;
import io.github.millrace.bench.Copier;
import io.github.millrace.bench.Workload;
import io.github.millrace.plan.PlanOptions;
import io.github.millrace.signal.SampleType;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What all suites have in common: the samples, and the copy after each iteration. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public abstract class Suite {

  /** Sample type. */
  @Param({"f32", "f64"})
  public String type;

  /** Most threads; 0 is one per core. */
  @Param("1")
  public int threads;

  /** Made by JMH. */
  protected Suite() {}

  /** What copies in the buffers of this suite. */
  protected abstract Copier copier();

  /** A case with the type and the threads that the parameters say. */
  final BenchCase bench(Workload workload, int channels, long frames, PlanOptions options) {
    return new BenchCase(
        workload, SampleType.parse(type), channels, frames, options.withThreads(threads));
  }

  /** Takes the speed of the copy. */
  @TearDown(Level.Iteration)
  public void copy() {
    CopyProfiler.note(Bench.samplesPerSecond(copier()));
  }
}
