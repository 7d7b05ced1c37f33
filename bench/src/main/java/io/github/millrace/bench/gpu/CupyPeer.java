package io.github.millrace.bench.gpu;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.millrace.design.Sos;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** CuPy's sosfilt on the same device in the same minute, where python3 and CuPy are installed. */
final class CupyPeer {

  private static final String SCRIPT = "cupy_sosfilt.py";

  private CupyPeer() {}

  /**
   * What CuPy reached.
   *
   * @param text version and samples per second, or why there is none
   * @param samplesPerSecond NaN where there is none
   */
  record Answer(String text, double samplesPerSecond) {}

  /** Runs it once; takes the time of starting Python and of seven calls. */
  static Answer ask(Sos sos, long frames) {
    try {
      Path script = Files.createTempFile("millrace", SCRIPT);
      try (InputStream in = CupyPeer.class.getResourceAsStream(SCRIPT)) {
        Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        return run(script, sos, frames);
      } finally {
        Files.delete(script);
      }
    } catch (IOException e) {
      return new Answer("CuPy: " + e.getMessage(), Double.NaN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Answer("CuPy: interrupted", Double.NaN);
    }
  }

  private static Answer run(Path script, Sos sos, long frames)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("timeout", "60", "python3", script.toString(), Long.toString(frames))
            .redirectErrorStream(true)
            .start();
    try (OutputStream out = process.getOutputStream()) {
      out.write(text(sos).getBytes(UTF_8));
    } catch (IOException e) {
      // It ended before it read: its own words say why.
    }
    String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    String last = said.substring(said.lastIndexOf('\n') + 1);
    int exit = process.waitFor();
    int blank = last.indexOf(' ');
    if (exit != 0 || blank < 0) {
      return new Answer("CuPy (exit " + exit + "): " + last, Double.NaN);
    }
    return new Answer(
        "CuPy " + last.substring(0, blank), Double.parseDouble(last.substring(blank)));
  }

  private static String text(Sos sos) {
    return Arrays.stream(sos.toArray())
        .map(
            row ->
                Arrays.stream(row)
                    .mapToObj(number -> String.format(Locale.ROOT, "%.17g", number))
                    .collect(Collectors.joining(" ")))
        .collect(Collectors.joining("\n"));
  }
}
