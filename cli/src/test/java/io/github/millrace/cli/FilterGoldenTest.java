package io.github.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.io.Encoding;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code filter} against SciPy's float64 output, made by {@code tools/golden/cli_filter.py}. */
class FilterGoldenTest {

  private static final int FRAMES = 300_000;
  private static final int STEP = 101;
  private static final String BUTTER = "butter:low:5k:order=8";

  @TempDir private Path folder;

  @Test
  void float64FileIsScipys() throws Exception {
    assertTrue(error(0, Encoding.F64, BUTTER) < 1e-12);
  }

  @Test
  void float32FileIsScipys() throws Exception {
    assertTrue(error(0, Encoding.F32, BUTTER) < 5e-8);
  }

  @Test
  void bandOfTwoFrequenciesIsScipys() throws Exception {
    String word = "ellip:bandpass:300-3.4k:order=5:ripple=0.5:atten=70dB";
    assertTrue(error(1, Encoding.F64, word) < 1e-12);
  }

  @Test
  void firIsScipys() throws Exception {
    assertTrue(error(2, Encoding.F64, "fir:low:8k") < 1e-12);
    assertTrue(error(2, Encoding.F32, "fir:low:8k") < 5e-8);
  }

  /** Relative rms difference of a filtered file from a column of SciPy's. */
  private double error(int column, Encoding encoding, String word) throws Exception {
    Path in = TestSignal.write(folder.resolve(encoding + ".wav"), encoding, 48_000, noise());
    Path out = folder.resolve("out.wav");
    CommandResult result = CommandResult.of("filter", "-y", in, out, word);
    assertEquals(0, result.code(), result.err());
    double[] filtered = TestSignal.read(out)[0];
    assertEquals(FRAMES, filtered.length);
    double[] expected = TestSignal.read(golden())[column];
    double difference = 0;
    double power = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += Math.pow(filtered[i * STEP] - expected[i], 2);
      power += expected[i] * expected[i];
    }
    return Math.sqrt(difference / power);
  }

  private static Path golden() throws Exception {
    return Path.of(FilterGoldenTest.class.getResource("/golden/cli_filter.npy").toURI());
  }

  /** The generator's noise: 24 bits, exact in every encoding used. */
  private static double[][] noise() {
    double[] samples = new double[FRAMES];
    long x = 1;
    for (int i = 0; i < FRAMES; i++) {
      x = (1_103_515_245L * x + 12_345) % (1L << 31);
      samples[i] = (x >> 7) / (double) (1 << 23) - 1;
    }
    return new double[][] {samples};
  }
}
