package io.github.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.millrace.design.Band;
import io.github.millrace.design.ClassicFilter;
import io.github.millrace.design.Prototype;
import io.github.millrace.design.Sos;
import io.github.millrace.io.ReadOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code response} against closed forms of Butterworth, Chebyshev and linear-phase filters. */
class ResponseCommandTest {

  @TempDir private Path folder;

  private static String ok(Object... args) {
    CommandResult result = CommandResult.of(args);
    assertEquals(0, result.code(), result.err());
    return result.text();
  }

  private static String line(String text, String label) {
    return text.lines().filter(line -> line.startsWith(label)).findFirst().orElseThrow();
  }

  @Test
  void butterworthIsHalfPowerAtItsCutoff() {
    String text = ok("response", "butter:low:5k:order=8", "gain:-6dB");
    assertEquals("-3 dB at   5000.0 Hz falling", line(text, "-3 dB"));
    assertTrue(line(text, "peak").startsWith("peak       -6.00 dB"), text);
    assertEquals("ripple     0.00 dB within the pass band", line(text, "ripple"));
    assertTrue(line(text, "poles").startsWith("poles      stable"), text);
  }

  @Test
  void chebyshevRippleIsFound() {
    String text = ok("response", "--rate", "8k", "cheby1:bandpass:300-3.4k:order=6:ripple=0.5");
    assertEquals("ripple     0.50 dB within the pass band", line(text, "ripple"));
  }

  @Test
  void linkwitzRileyIsSixDecibelsDown() {
    assertEquals("-6 dB at   1000.0 Hz rising", line(ok("response", "lr:high:1k"), "-6 dB"));
  }

  @Test
  void csvOfALinearPhaseFilter() {
    String text = ok("response", "fir:low:8k:taps=4097", "--csv", "-");
    List<String> lines = text.lines().toList();
    assertEquals("frequency_hz,magnitude_db,phase_rad,group_delay_frames", lines.getFirst());
    assertEquals(1 + 4_096, lines.size());
    for (String line : lines.subList(1, 3_000)) {
      double[] row = List.of(line.split(",")).stream().mapToDouble(Double::parseDouble).toArray();
      assertEquals(2048, row[3], 1e-6);
      assertEquals(-2 * Math.PI * row[0] / 48_000 * 2048, row[2], 1e-6 * Math.abs(row[2]) + 1e-6);
    }
  }

  @Test
  void aFilterWithoutItsDelayHasNoPhase() {
    List<String> lines =
        ok("response", "fir:low:8k:taps=255:delay=0", "gain:2", "--csv", "-").lines().toList();
    for (String line : lines.subList(1, 500)) {
      double[] row = List.of(line.split(",")).stream().mapToDouble(Double::parseDouble).toArray();
      assertEquals(0, row[3], 1e-9);
      assertEquals(0, row[2], 1e-9);
    }
  }

  @Test
  void roundedSectionsAreWarnedOf() {
    CommandResult result = CommandResult.of("response", "butter:high:0.0001:order=8");
    assertTrue(result.err().contains("float64 sections cannot hold"), result.err());
    assertEquals("", CommandResult.of("response", "butter:high:20:order=8").err());
  }

  @Test
  void sectionsAreSciPys() throws Exception {
    Path file = folder.resolve("sos.npy");
    ok("response", "--sos", file, "ellip:low:5k:order=7", "gain:2");
    double[][] columns = TestSignal.read(file, ReadOptions.DEFAULT.withAxis(0));
    Sos sos = new ClassicFilter(new Prototype.Elliptic(1, 60), 7, Band.low(5000)).sos(48_000);
    assertEquals(6, columns.length);
    for (int row = 0; row < sos.sections(); row++) {
      double[] expected = sos.row(row);
      for (int column = 0; column < 6; column++) {
        double gain = row == 0 && column < 3 ? 2 : 1;
        assertEquals(gain * expected[column], columns[column][row]);
      }
    }
    assertArrayEquals(new double[] {1, 1, 1, 1}, columns[3]);
  }

  @Test
  void sectionsOnStandardOutputStandAlone() throws Exception {
    Path file = folder.resolve("sos.npy");
    ok("response", "--sos", file, "butter:low:5k");
    byte[] piped = CommandResult.of("response", "--sos", "-", "butter:low:5k").out().toByteArray();
    assertEquals(Files.size(file), piped.length);
  }

  @Test
  void pictureHasThreePanels() throws Exception {
    Path file = folder.resolve("r.png");
    ok("response", "--png", file, "butter:low:5k:order=8");
    var image = ImageIO.read(Files.newInputStream(file));
    assertEquals(1200, image.getWidth());
    assertEquals(3 * 440, image.getHeight());
    for (int panel = 0; panel < 3; panel++) {
      int blue = 0;
      for (int y = 440 * panel; y < 440 * (panel + 1); y++) {
        for (int x = 0; x < 1200; x++) {
          int rgb = image.getRGB(x, y);
          blue += (rgb & 0xff) > 120 && ((rgb >> 16) & 0xff) < 80 ? 1 : 0;
        }
      }
      assertTrue(blue > 1_000, "panel " + panel + " has " + blue + " pixels of a curve");
    }
  }

  @Test
  void aDelayTurnsThePhase() {
    List<String> lines =
        ok("response", "gain:0.5", "delay:480frames", "--csv", "-").lines().toList();
    for (String line : lines.subList(1, lines.size())) {
      double[] row = List.of(line.split(",")).stream().mapToDouble(Double::parseDouble).toArray();
      assertEquals(-6.0206, row[1], 1e-4);
      assertEquals(-2 * Math.PI * row[0] / 100, row[2], 1e-9 * row[0] + 1e-9);
      assertEquals(480, row[3], 1e-9);
    }
  }

  @Test
  void stagesWithoutAResponseAreRefused() {
    for (String word : List.of("mix:mono", "resample:8k")) {
      CommandResult result = CommandResult.of("response", "gain:1", word);
      assertEquals(1, result.code());
      assertTrue(result.err().contains("stage 2 '" + word + "': "), result.err());
    }
    CommandResult sections =
        CommandResult.of("response", "--sos", folder.resolve("x.npy"), "fir:low:1k");
    assertEquals(1, sections.code());
    assertTrue(sections.err().contains("has no second-order sections"), sections.err());
  }
}
