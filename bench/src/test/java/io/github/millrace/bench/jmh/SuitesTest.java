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
import org.openjdk.jmh.util.Statistics;

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
        .param("type", "f32");
  }

  private static ChainedOptionsBuilder stage(String suite) {
    return tiny(suite).param("frames", "2000");
  }

  private static void run(ChainedOptionsBuilder options, String... benchmarks)
      throws RunnerException {
    for (RunResult result : results(options, benchmarks)) {
      requireSamples(result, 2000);
    }
  }

  private static void requireSamples(RunResult result, double samplesPerCall) {
    double calls = result.getPrimaryResult().getScore();
    double samples = result.getSecondaryResults().get("samples").getScore();
    assertTrue(calls > 0);
    assertEquals(samplesPerCall * calls, samples, 0.01 * samples);
  }

  private static Collection<RunResult> results(ChainedOptionsBuilder options, String... benchmarks)
      throws RunnerException {
    Collection<RunResult> results = new Runner(options.build()).run();
    assertEquals(
        List.of(benchmarks),
        List.copyOf(
            results.stream()
                .map(result -> result.getParams().getBenchmark().replaceAll(".*\\.(.*\\.)", "$1"))
                .collect(Collectors.toCollection(TreeSet::new))));
    for (RunResult result : results) {
      assertTrue(result.getSecondaryResults().get("memcpy").getScore() > 1e6);
    }
    return results;
  }

  @Test
  void everySuiteRuns() throws RunnerException {
    run(stage("Cascade").param("sections", "1", "3").param("narrow", "true"), "Cascade.forward");
    run(stage("Biquad").param("precision", "fast").param("backend", "native"), "Biquad.forward");
    run(stage("Fir").param("taps", "63"), "Fir.forward");
    run(stage("FirGrid").param("taps", "101", "102").param("cutoff", "0.8"), "FirGrid.forward");
    run(stage("Fft").param("block", "256", "1000"), "Fft.forward");
    run(stage("Resample").param("threads", "2"), "Resample.forward");
    run(stage("Memcpy"), "Memcpy.java", "Memcpy.libc");
  }

  @Test
  void aWholeSignalRuns() throws RunnerException {
    for (RunResult result :
        results(tiny("OfflineChain").param("seconds", "1"), "OfflineChain.whole")) {
      requireSamples(result, 96_000);
    }
  }

  @Test
  void manyShortSignalsRun() throws RunnerException {
    ChainedOptionsBuilder options =
        tiny("ShortSignals").param("signals", "7").param("frames", "300");
    for (RunResult result : results(options, "ShortSignals.oneByOne", "ShortSignals.together")) {
      requireSamples(result, 2_100);
    }
  }

  @Test
  void theLatencyOfAChunkHasPercentiles() throws RunnerException {
    for (RunResult result :
        results(tiny("ChunkLatency").param("chunk", "128", "2048"), "ChunkLatency.forward")) {
      Statistics times = result.getPrimaryResult().getStatistics();
      assertEquals("us/op", result.getPrimaryResult().getScoreUnit());
      assertTrue(times.getN() > 100, "samples: " + times.getN());
      double median = times.getPercentile(50);
      assertTrue(median > 0.1 && median < 10_000, "median: " + median);
      assertTrue(times.getPercentile(95) >= median);
      assertTrue(times.getPercentile(99) >= times.getPercentile(95));
    }
  }

  @Test
  void aWrongOutputFailsTheSuite() {
    Runner runner =
        new Runner(
            stage("Cascade").param("sections", "1").param("backend", "faulty:slight").build());
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
