package io.github.millrace.cli.sweep;

import io.github.millrace.bench.sweep.SweepPoint;
import io.github.millrace.cli.options.UsageException;
import io.github.millrace.cli.text.AtomicText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** The files that a sweep writes, again and again while it goes on. Any thread. */
public final class SweepOutputs {

  private final Origin origin;
  private final String date =
      LocalDateTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.MINUTES).toString();
  private final Path json;
  private final Path csv;
  private final Path html;
  private List<SweepPoint> points = List.of();
  private boolean changed;

  /**
   * Files to write; null for one that is not wanted.
   *
   * @throws UsageException if one cannot be
   */
  public SweepOutputs(Origin origin, String json, String csv, String html) {
    this.origin = origin;
    this.json = target("--json", json);
    this.csv = target("--csv", csv);
    this.html = target("--html", html);
  }

  /** Better now than after minutes of measuring. */
  private static Path target(String option, String file) {
    if (file == null) {
      return null;
    }
    Path folder = Path.of(file).toAbsolutePath().getParent();
    if (folder == null || !Files.isWritable(folder)) {
      throw new UsageException(
          option + ": " + file + " cannot be written, its folder is " + folder);
    }
    return Path.of(file);
  }

  /** Whether any file is wanted. */
  public boolean any() {
    return !names().isEmpty();
  }

  /** The files that are written. */
  public List<Path> names() {
    List<Path> names = new ArrayList<>();
    for (Path file : new Path[] {json, csv, html}) {
      if (file != null) {
        names.add(file);
      }
    }
    return names;
  }

  /** Notes what is measured by now. */
  public synchronized void note(List<SweepPoint> measured) {
    points = List.copyOf(measured);
    changed = true;
  }

  /**
   * Writes what was noted, where that was not done yet.
   *
   * @param complete whether the sweep is over and nothing was left out
   */
  public synchronized void write(boolean complete) throws IOException {
    if (!changed && !complete) {
      return;
    }
    SweepTable table = new SweepTable(points);
    if (json != null) {
      AtomicText.write(json, SweepFile.text(origin, date, complete, points));
    }
    if (csv != null) {
      AtomicText.write(csv, table.csv());
    }
    if (html != null) {
      AtomicText.write(html, new SweepPage(origin, date, complete, table).text());
    }
    changed = false;
  }
}
