package io.github.millrace.cli;

import static java.util.Comparator.comparingDouble;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.io.Encoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code filter}: where the output lies in time, and what went before the first frame. */
class FilterTimingTest {

  private static final double[][] NOISE = TestSignal.noise(2, 3_000, 0.4);

  @TempDir private Path folder;
  private Path in;
  private Path out;

  @BeforeEach
  void writeInput() throws IOException {
    in = TestSignal.write(folder.resolve("in.wav"), Encoding.F32, 48_000, NOISE);
    out = folder.resolve("out.wav");
  }

  private static CommandResult ok(Object... args) {
    CommandResult result = CommandResult.of(args);
    assertEquals(0, result.code(), result.err());
    return result;
  }

  @Test
  void aClickStaysWhereItIsAndTheTailIsKept() throws IOException {
    double[][] click = new double[1][1_000];
    click[0][100] = 1;
    Path source = TestSignal.write(folder.resolve("click.wav"), Encoding.F64, 1_000, click);
    ok("filter", "-y", source, out, "fir:low:40:taps=255:delay=0");
    double[] y = TestSignal.read(out)[0];
    assertEquals(1_000, y.length);
    assertEquals(100, IntStream.range(0, 1_000).boxed().max(comparingDouble(i -> y[i])).get());
    ok("filter", "-y", source, out, "fir:low:40:taps=255:tail");
    assertEquals(1_254, TestSignal.read(out)[0].length);
    Path taps = TestSignal.write(folder.resolve("t.npy"), Encoding.F64, 0, new double[][] {{3, 2}});
    ok("filter", "-y", source, out, "fir:" + taps + ":advance=1");
    assertEquals(3, TestSignal.read(out)[0][99]);
    assertEquals(2, TestSignal.read(out)[0][100]);
    CommandResult refused = CommandResult.of("filter", source, out, "fir:" + taps + ":delay=0");
    assertTrue(refused.err().contains("advance"), refused.err());
  }

  @Test
  void whatADelayBelowZeroCutsIsNamed() throws IOException {
    Path report = folder.resolve("report.json");
    CommandResult result = ok("filter", "-y", "--report", report, in, out, "delay:-10ms", "gain:1");
    assertTrue(result.err().contains("3,000 frames to 2,520, the first 480 cut,"), result.err());
    double[][] samples = TestSignal.read(in);
    double[][] written = TestSignal.read(out);
    assertEquals(2_520, written[1].length);
    assertEquals(samples[1][480], written[1][0]);
    String text = Files.readString(report);
    for (String field :
        new String[] {
          "\"framesOut\": 2520",
          "\"framesCut\": 480",
          "\"delayFrames\": -480",
          "\"delayMilliseconds\": -10",
          "\"delayAtAllFrequencies\": true",
          "\"start\": \"zero\""
        }) {
      assertTrue(text.contains(field), field + " in " + text);
    }
  }

  @Test
  void anOffsetStartsInTheSteadyState() throws IOException {
    double[][] offset = {new double[2_500]};
    for (int i = 0; i < 2_500; i++) {
      offset[0][i] = 4e-3 + 2e-5 * Math.sin(2 * Math.PI * 10 * i / 250);
    }
    Path source = TestSignal.write(folder.resolve("eeg.npy"), Encoding.F64, 250, offset);
    Path target = folder.resolve("clean.npy");
    String[] words = {"butter:bandpass:0.5-40", "--rate", "250"};
    ok("filter", "-y", source, target, words[0], words[1], words[2]);
    assertTrue(peak(target) > 4e-3);
    ok("filter", "-y", source, target, words[0], words[1], words[2], "--start", "steady");
    assertTrue(peak(target) < 2.2e-5, "peak " + peak(target));
    CommandResult slip = CommandResult.of("filter", source, target, "gain:1", "--start", "stedy");
    assertTrue(slip.err().contains("did you mean 'steady'?"), slip.err());
  }

  private static double peak(Path file) throws IOException {
    return Arrays.stream(TestSignal.read(file)[0]).limit(500).map(Math::abs).max().orElseThrow();
  }

  @Test
  void aDesignThatSectionsCannotHoldIsWarnedOfOnce() throws IOException {
    CommandResult result = ok("filter", "-y", in, out, "butter:high:0.0001:order=8");
    String warning = "cannot hold this filter at 48000 Hz: 3.33 dB off at a corner";
    assertEquals(2, result.err().split(warning, -1).length, result.err());
    assertFalse(
        ok("filter", "-y", in, out, "butter:high:20:order=8").err().contains("cannot hold"));
  }
}
