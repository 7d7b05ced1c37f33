package io.github.millrace.cli.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.millrace.run.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {

  private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

  private ProgressDisplay display(ProgressDisplay.Mode mode) {
    return new ProgressDisplay(new PrintStream(shown, true, UTF_8), mode, 48_000);
  }

  @Test
  void plainLinesComeOnceASecond() {
    ProgressDisplay display = display(ProgressDisplay.Mode.PLAIN);
    display.progress(new Progress(48_000, 480_000, 500_000_000));
    display.progress(new Progress(96_000, 480_000, 1_000_000_000));
    display.progress(new Progress(240_000, 480_000, 1_500_000_000));
    display.clear();
    assertEquals(
        """
        10%, 48,000 frames, 2.00 times real time, 0:05 left
        50%, 240,000 frames, 3.33 times real time, 0:02 left
        """,
        shown.toString(UTF_8).replace(System.lineSeparator(), "\n"));
  }

  @Test
  void unknownLengthShowsNoPercentage() {
    display(ProgressDisplay.Mode.PLAIN).progress(new Progress(48_000, -1, 500_000_000));
    assertEquals("48,000 frames, 2.00 times real time", shown.toString(UTF_8).strip());
  }

  @Test
  void offShowsNothing() {
    display(ProgressDisplay.Mode.OFF).progress(new Progress(1, 2, 9_000_000_000L));
    assertEquals("", shown.toString(UTF_8));
  }
}
