package io.github.millrace.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Every suite runs, and fails where its output is wrong. */
class SuitesTest {

  @BeforeAll
  static void runBesideOtherBenchmarks() {
    System.setProperty("jmh.ignoreLock", "true");
  }

  private static ChainedOptionsBuilder tiny(String suite) {
    return new OptionsBuilder()
        .include("\\." + suite + "\\.")
        .forks(0)
        .warmupIterations(0)
        .measurementIterations(2)
        .measurementTime(TimeValue.milliseconds(20))
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true)
        .addProfiler(CopyProfiler.class)
        .param("type", "f32")
        .param("frames", "2000");
  }

  private static void run(ChainedOptionsBuilder options, String... benchmarks)
      throws RunnerException {
    Collection<RunResult> results = new Runner(options.build()).run();
    assertEquals(
        List.of(benchmarks),
        List.copyOf(
            results.stream()
                .map(result -> result.getParams().getBenchmark().replaceAll(".*\\.(.*\\.)", "$1"))
                .collect(Collectors.toCollection(TreeSet::new))));
    for (RunResult result : results) {
      double calls = result.getPrimaryResult().getScore();
      double samples = result.getSecondaryResults().get("samples").getScore();
      assertTrue(calls > 0);
      assertEquals(2000 * calls, samples, 0.01 * samples);
      assertTrue(result.getSecondaryResults().get("memcpy").getScore() > 1e6);
    }
  }

  @Test
  void everySuiteRuns() throws RunnerException {
    run(tiny("Cascade").param("sections", "1", "3").param("narrow", "true"), "Cascade.forward");
    run(tiny("Fir").param("taps", "63"), "Fir.forward");
    run(tiny("Resample").param("threads", "2"), "Resample.forward");
    run(tiny("Memcpy"), "Memcpy.java", "Memcpy.libc");
  }

  @Test
  void aWrongOutputFailsTheSuite() {
    Runner runner =
        new Runner(
            tiny("Cascade").param("sections", "1").param("backend", "faulty:slight").build());
    RunnerException e = assertThrows(RunnerException.class, runner::run);
    assertTrue(messages(e).contains("differs from the Java reference"), messages(e));
  }

  private static String messages(Throwable failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable at = failure; at != null; at = at.getCause()) {
      text.append(at.getMessage()).append('\n');
      for (Throwable other : at.getSuppressed()) {
        text.append(messages(other));
      }
    }
    return text.toString();
  }
}
