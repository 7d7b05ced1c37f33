package io.github.millrace.cli.bench;

import io.github.millrace.bench.BenchRow;
import io.github.millrace.bench.Machine;
import io.github.millrace.cli.options.Streams;
import io.github.millrace.cli.sweep.Origin;
import io.github.millrace.cli.text.AtomicText;
import io.github.millrace.cli.text.Figures;
import io.github.millrace.cli.text.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.ParseResult;

/**
 * {@code millrace bench all}: prints the figures of the whole machine as they come, then writes the
 * page.
 *
 * @param streams where to print
 * @param version of Millrace, for the report
 */
public record MachineBench(Streams streams, String version) {

  /** The name of the report's list of what was wrong. */
  public static final String WRONG = "wrong";

  private static final double MEGA = 1e-6;

  /**
   * Measures everything.
   *
   * @param html the page, or null
   * @return the report
   */
  public Map<String, Object> run(ParseResult parsed, String html) throws IOException {
    WholeMachine machine = new WholeMachine(parsed);
    Map<String, String> facts = new LinkedHashMap<>();
    LocalDateTime begin = LocalDateTime.now(ZoneId.systemDefault());
    facts.put("Measured", begin.truncatedTo(ChronoUnit.MINUTES).toString());
    facts.put("Machine", Machine.here().describe());
    facts.put("Devices", String.join("; ", Origin.describe(WholeMachine.devices())));
    facts.put("Millrace", version);
    machine.run(this::show, this::print);
    show("");
    if (html != null) {
      AtomicText.write(Path.of(html), new MachinePage(facts, machine.rows()).text());
    }
    machine.leftOut().forEach(line -> tell("left out: " + line));
    machine.wrong().forEach(line -> tell("WRONG: " + line));
    Map<String, Object> report = new LinkedHashMap<>(facts);
    report.put("rows", machine.rows().stream().map(BenchRow::fields).toList());
    report.put(WRONG, machine.wrong());
    return report;
  }

  private void print(BenchRow row) {
    show("");
    String line =
        String.format(
            Locale.ROOT,
            "%-30s %-7s %7s M/s, %5s %% of memcpy, max error %.1e",
            row.bench().describe(),
            row.backend(),
            Figures.rounded(row.samplesPerSecond() * MEGA),
            Figures.fixed(100 * row.fractionOfMemcpy(), 1),
            row.maxError());
    streams.out().println(line);
  }

  private void tell(String line) {
    streams.err().println("millrace bench: " + line);
  }

  /** What goes on, in one line of the terminal, if there is one; an empty text clears it. */
  private void show(String text) {
    if (streams.standard() && Terminal.isWatched()) {
      streams.err().print("\r" + text + "\u001b[K");
      streams.err().flush();
    }
  }
}
