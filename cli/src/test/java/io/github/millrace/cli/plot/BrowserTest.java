package io.github.millrace.cli.plot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Headless Chromium draws a page: lines in their colours, and the part that is chosen. */
class BrowserTest {

  private static final int BLUE = 0x0072b2;
  private static final int VERMILION = 0xd55e00;

  @TempDir private Path folder;

  private static Page page() {
    LogAxis frames = new LogAxis(2, 5, 15);
    LinePlot plot = new LinePlot("a & b", "time", LogAxis::time, frames, new LogAxis(10, -6, -3));
    Series blue = line("c0", 1e-5, 1e-4);
    Series red = line("c1", 1e-6, 1e-3);
    Page page = new Page("A <page>");
    page.choice("Which", List.of("both", "one"));
    page.part(0);
    page.panels(List.of(plot.draw(List.of(blue, red), new LinePlot.Mark(1e3, 5e2, 2e3, "here"))));
    page.endPart();
    page.part(1);
    page.panels(List.of(plot.draw(List.of(blue), null)));
    page.endPart();
    return page;
  }

  private static Series line(String style, double first, double last) {
    return new Series(style, style, List.of(new double[] {32, first}, new double[] {32768, last}));
  }

  @Test
  void theChosenPartIsDrawn() throws Exception {
    assumeTrue(isThere(), "no chromium in PATH");
    String both = page().text();
    BufferedImage first = shot(both);
    assertTrue(pixels(first, BLUE) > 100, "blue: " + pixels(first, BLUE));
    assertTrue(pixels(first, VERMILION) > 100, "vermilion: " + pixels(first, VERMILION));
    String one = both.replace(" checked", "").replace("id=\"part1\"", "id=\"part1\" checked");
    BufferedImage second = shot(one);
    assertTrue(pixels(second, BLUE) > 100, "blue: " + pixels(second, BLUE));
    assertEquals(0, pixels(second, VERMILION));
  }

  /** Whether the program starts; where it does not, no folder of PATH may hold it. */
  private static boolean isThere() throws Exception {
    try {
      return new ProcessBuilder("chromium", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      List<String> found =
          Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
              .map(name -> name + "/chromium")
              .filter(file -> Files.isExecutable(Path.of(file)))
              .toList();
      assertEquals(List.of(), found, e.getMessage());
      return false;
    }
  }

  private BufferedImage shot(String html) throws Exception {
    Path page = Files.writeString(folder.resolve("page.html"), html);
    Path image = folder.resolve("page.png");
    List<String> command = new ArrayList<>(List.of("chromium", "--headless", "--no-sandbox"));
    command.addAll(List.of("--disable-gpu", "--hide-scrollbars", "--window-size=600,500"));
    command.add("--user-data-dir=" + folder.resolve("profile"));
    command.add("--force-device-scale-factor=2");
    command.add("--blink-settings=preferredColorScheme=1");
    command.add("--screenshot=" + image);
    command.add(page.toUri().toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertEquals(0, process.waitFor(), printed);
    return ImageIO.read(image.toFile());
  }

  private static int pixels(BufferedImage image, int colour) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += (image.getRGB(x, y) & 0xffffff) == colour ? 1 : 0;
      }
    }
    return count;
  }
}
