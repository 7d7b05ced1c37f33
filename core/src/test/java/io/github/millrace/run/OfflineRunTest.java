package io.github.millrace.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.design.Band;
import io.github.millrace.io.Encoding;
import io.github.millrace.io.ReadOptions;
import io.github.millrace.io.SignalFiles;
import io.github.millrace.io.SignalReader;
import io.github.millrace.io.SignalWriter;
import io.github.millrace.io.WriteOptions;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.plan.Plan;
import io.github.millrace.signal.SampleType;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.signal.StreamFormat;
import io.github.millrace.stage.Delay;
import io.github.millrace.stage.Fft;
import io.github.millrace.stage.Gain;
import io.github.millrace.stage.Iir;
import io.github.millrace.stage.Mix;
import io.github.millrace.stage.Resample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run gives what one call of the library gives, whatever the length, and counts it right. */
class OfflineRunTest {

  private static final Pipeline LOW = Pipeline.of(Iir.butterworth(8, Band.low(5_000)));
  private static final int LONG = 3_500_000;

  @TempDir Path folder;

  private static double[][] noise(int channels, int frames) {
    Random random = new Random(3);
    double[][] samples = new double[channels][frames];
    for (double[] channel : samples) {
      for (int i = 0; i < frames; i++) {
        channel[i] = random.nextGaussian();
      }
    }
    return samples;
  }

  private static StreamFormat format(int channels) {
    return new StreamFormat(48_000, channels, SampleType.FLOAT64);
  }

  @ParameterizedTest
  @CsvSource({
    "0, true",
    "0, false",
    "1, true",
    "1, false",
    "131071, true",
    "131072, true",
    "131072, false",
    "131073, true",
    "131073, false",
    "1000000, true",
    "1000000, false"
  })
  void filtersAnyLength(int frames, boolean known) throws Exception {
    double[][] samples = noise(1, frames);
    MemorySink sink = new MemorySink();
    try (Plan plan = LOW.prepare(format(1))) {
      RunStatistics statistics =
          new OfflineRun(new MemorySource(samples, known), plan, sink).execute();
      assertEquals(frames, statistics.framesIn());
      assertEquals(frames, statistics.framesOut());
    }
    assertTrue(sink.committed);
    if (frames > 0) {
      assertArrayEquals(LOW.filter(samples, 48_000)[0], sink.channel(0), 1e-15);
    }
  }

  @Test
  void aFileInOneLine() throws Exception {
    double[][] samples = noise(2, 30_000);
    Path in = folder.resolve("in.wav");
    Path out = folder.resolve("out.w64");
    WriteOptions options = WriteOptions.of(Encoding.F64, 48_000, 2);
    try (SignalBuffer buffer = SignalBuffer.ofPlanar(samples);
        SignalWriter writer = SignalFiles.create(in.toString(), options)) {
      writer.write(buffer, 0, 30_000);
      writer.commit();
    }
    Pipeline chain = LOW.then(new Resample(16_000)).then(Mix.mono());
    List<Progress> told = new ArrayList<>();
    RunStatistics statistics = OfflineRun.file(in, out, chain, told::add);
    assertEquals(10_000, statistics.framesOut());
    assertEquals(1, told.getLast().fraction());
    try (SignalReader reader = SignalFiles.open(out.toString(), ReadOptions.DEFAULT);
        SignalBuffer buffer = SignalBuffer.allocate(SampleType.FLOAT64, 1, 10_000)) {
      assertEquals(16_000, reader.info().sampleRate());
      assertEquals(Encoding.F64, reader.info().encoding());
      assertEquals(10_000, reader.read(buffer, 0, 10_000));
      assertArrayEquals(chain.filter(samples, 48_000)[0], buffer.toDoubles(0), 1e-15);
    }
    byte[] before = Files.readAllBytes(out);
    assertThrows(IOException.class, () -> OfflineRun.file(in, out, LOW, told::add));
    assertArrayEquals(before, Files.readAllBytes(out));
    Path spectra = folder.resolve("spectra.wav");
    Pipeline fft = Pipeline.of(new Fft(64));
    assertThrows(
        IllegalArgumentException.class, () -> OfflineRun.file(in, spectra, fft, told::add));
    assertFalse(Files.exists(spectra));
  }

  @Test
  void channelsKeepTheirPlaces() throws Exception {
    double[][] samples = noise(3, 200_000);
    Pipeline chain = Pipeline.of(Mix.matrix(new double[][] {{0, 1, 0}, {0.5, 0, 0.5}}));
    MemorySink sink = new MemorySink();
    try (Plan plan = chain.prepare(format(3))) {
      new OfflineRun(new MemorySource(samples, true), plan, sink).execute();
    }
    double[][] expected = chain.filter(samples, 48_000);
    assertArrayEquals(expected[0], sink.channel(0));
    assertArrayEquals(expected[1], sink.channel(1));
  }

  @Test
  void delayIsFlushed() throws Exception {
    double[][] samples = noise(1, 300_000);
    MemorySink sink = new MemorySink();
    try (Plan plan = Pipeline.of(Delay.ofFrames(5)).prepare(format(1))) {
      RunStatistics statistics =
          new OfflineRun(new MemorySource(samples, true), plan, sink).execute();
      assertEquals(300_005, statistics.framesOut());
    }
    assertEquals(0, sink.channel(0)[4]);
    assertEquals(samples[0][0], sink.channel(0)[5]);
    assertEquals(samples[0][299_999], sink.channel(0)[300_004]);
  }

  /** Coefficients are of one rate: a source of another is refused, not filtered with them. */
  @Test
  void aSourceOfAnotherRateIsRefused() throws Exception {
    MemorySource source = new MemorySource(noise(1, 10), true);
    for (double rate : new double[] {44_100, 48_000.5, 96_000}) {
      try (Plan plan = LOW.prepare(format(1).withSampleRate(rate))) {
        var e =
            assertThrows(
                IllegalArgumentException.class,
                () -> new OfflineRun(source, plan, new MemorySink()));
        assertEquals(
            "the source has 48000.0 Hz, the plan was prepared for " + rate + " Hz", e.getMessage());
      }
    }
    try (Plan unknown = Pipeline.of(new Gain(2)).prepare(format(1).withSampleRate(0))) {
      assertEquals(10, new OfflineRun(source, unknown, new MemorySink()).execute().framesOut());
    }
  }

  @Test
  void startsFromResetState() throws Exception {
    double[][] samples = noise(1, 10_000);
    MemorySink first = new MemorySink();
    MemorySink second = new MemorySink();
    try (Plan plan = LOW.prepare(format(1))) {
      new OfflineRun(new MemorySource(samples, true), plan, first).execute();
      new OfflineRun(new MemorySource(samples, true), plan, second).execute();
    }
    assertArrayEquals(first.channel(0), second.channel(0));
  }

  @Test
  void statisticsAreThoseOfTheOutput() throws Exception {
    double[][] samples = new double[2][LONG];
    samples[1][LONG - 2] = -0.25;
    MemorySink sink = new MemorySink();
    try (Plan plan = Pipeline.of(new Gain(2)).prepare(format(2))) {
      RunStatistics statistics =
          new OfflineRun(new MemorySource(samples, true), plan, sink).execute();
      assertEquals(0.5, statistics.peak());
      assertEquals(-6.0206, statistics.peakDb(), 1e-4);
      assertEquals(7, statistics.clipped());
      assertEquals(LONG / 48_000.0 / statistics.seconds(), statistics.speed(), 1e-6);
      assertEquals(statistics.seconds() * 48_000.0 / LONG, statistics.realtimeFactor(), 1e-9);
      assertTrue(
          statistics.times().filterSeconds() > 0
              && statistics.times().filterSeconds() < statistics.seconds());
      assertEquals(2 * LONG / statistics.seconds(), statistics.samplesPerSecond(), 1e-3);
    }
  }

  @Test
  void peakShowsNan() throws Exception {
    double[][] samples = noise(1, 1_000);
    samples[0][17] = Double.NaN;
    try (Plan plan = Pipeline.of(new Gain(1)).prepare(format(1))) {
      RunStatistics statistics =
          new OfflineRun(new MemorySource(samples, true), plan, new MemorySink()).execute();
      assertTrue(Double.isNaN(statistics.peak()));
    }
  }

  @Test
  void progressGrowsToTheEnd() throws Exception {
    List<Progress> told = new ArrayList<>();
    try (Plan plan = LOW.prepare(format(1))) {
      MemorySource source = new MemorySource(noise(1, LONG), true);
      new OfflineRun(source, plan, new MemorySink(), told::add).execute();
    }
    assertTrue(told.size() > 2);
    for (int i = 1; i < told.size(); i++) {
      assertTrue(told.get(i).frames() > told.get(i - 1).frames());
      assertTrue(told.get(i).elapsedNanos() >= told.get(i - 1).elapsedNanos());
    }
    assertEquals(1, told.getLast().fraction());
    assertEquals(0, told.getLast().secondsLeft());
  }

  @Test
  void runsOnce() throws Exception {
    try (Plan plan = LOW.prepare(format(1))) {
      MemorySource source = new MemorySource(noise(1, 10), true);
      OfflineRun run = new OfflineRun(source, plan, new MemorySink());
      run.execute();
      assertThrows(IllegalStateException.class, run::execute);
    }
  }

  @Test
  void refusesWhatDoesNotFit() {
    MemorySource stereo = new MemorySource(noise(2, 10), true);
    try (Plan mono = LOW.prepare(format(1));
        Plan spectra = Pipeline.of(new Fft(8)).prepare(format(2))) {
      MemorySink sink = new MemorySink();
      String channels =
          assertThrows(IllegalArgumentException.class, () -> new OfflineRun(stereo, mono, sink))
              .getMessage();
      assertEquals("the source has 2 channels, the plan reads 1", channels);
      assertThrows(IllegalArgumentException.class, () -> new OfflineRun(stereo, spectra, sink));
      assertFalse(sink.closed);
    }
  }

  @Test
  void memoryIsThatOfTheBlocks() {
    try (Plan plan = LOW.prepare(format(2))) {
      long block = RunSizes.blockFrames(plan, -1);
      assertEquals(block, RunSizes.blockFrames(plan, Long.MAX_VALUE));
      assertEquals(
          RunSizes.memoryBytes(plan, 10 * block), RunSizes.memoryBytes(plan, Long.MAX_VALUE));
      assertTrue(RunSizes.memoryBytes(plan, -1) < 32 << 20);
      assertEquals(3 * 2 * 8, RunSizes.memoryBytes(plan, 3));
    }
  }
}
