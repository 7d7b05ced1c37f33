package io.github.millrace.cli.bench;

import io.github.millrace.bench.Rounds;
import io.github.millrace.bench.WrongOutputException;
import io.github.millrace.cli.options.UsageException;
import io.github.millrace.cli.text.Figures;
import io.github.millrace.design.Band;
import io.github.millrace.io.Encoding;
import io.github.millrace.io.SignalFiles;
import io.github.millrace.io.SignalWriter;
import io.github.millrace.io.WriteOptions;
import io.github.millrace.plan.Pipeline;
import io.github.millrace.run.OfflineRun;
import io.github.millrace.signal.SignalBuffer;
import io.github.millrace.stage.Iir;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * {@code millrace bench start}: times whole processes in turn, from the launcher to the exit.
 *
 * @param out where to print
 * @param runs of each process
 */
public record StartBench(PrintStream out, int runs) {

  /** The benchmark's name. */
  public static final String NAME = "start";

  /** Property: the launcher that started this process. */
  static final String LAUNCHER = "millrace.launcher";

  private static final int RATE = 48_000;

  /** Runs for a median to be read. */
  public static final int RUNS = 21;

  private static final String LINE = "%-26s %10s %9s %12s%n";

  /** What is timed, and how long its runs took. */
  private record Command(String name, List<String> words, List<Double> millis) {
    double median() {
      return Rounds.median(millis.stream().mapToDouble(run -> run).toArray());
    }

    double least() {
      return Collections.min(millis);
    }
  }

  /** Measures; returns the rows of the report. */
  public List<Object> run() throws IOException {
    String launcher = System.getProperty(LAUNCHER, "");
    if (launcher.isEmpty()) {
      throw new UsageException("start: this process was not started by Millrace's launcher");
    }
    Path folder = Files.createTempDirectory("millrace-start");
    Path in = folder.resolve("in.wav");
    Path filtered = folder.resolve("out.wav");
    Path expected = folder.resolve("expected.wav");
    try {
      writeSecond(in);
      Pipeline lowPass = Pipeline.of(Iir.butterworth(4, Band.low(5_000)));
      OfflineRun.file(in, expected, lowPass, progress -> {});
      String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
      String stage = "butter:low:5k";
      List<Command> commands =
          List.of(
              command("Java alone", java, "-XX:+UseSerialGC", "-version"),
              command("--version", launcher, "--version"),
              command(
                  "filter of one second",
                  launcher,
                  "filter",
                  "-q",
                  "-y",
                  in + "",
                  filtered + "",
                  stage));
      time(commands, () -> check(filtered, expected));
      return print(commands);
    } finally {
      for (Path file : List.of(in, filtered, expected, folder)) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static Command command(String name, String... words) {
    return new Command(name, List.of(words), new ArrayList<>());
  }

  private static void writeSecond(Path file) throws IOException {
    double[] noise = new SplittableRandom(1).doubles(RATE, -0.5, 0.5).toArray();
    WriteOptions options = WriteOptions.of(Encoding.S16, RATE, 1);
    try (SignalBuffer samples = SignalBuffer.ofPlanar(noise);
        SignalWriter writer = SignalFiles.create(file.toString(), options)) {
      writer.write(samples, 0, samples.frames());
      writer.commit();
    }
  }

  /** One run of each that does not count, then in turn those that do. */
  private void time(List<Command> commands, Check check) throws IOException {
    for (int run = -1; run < runs; run++) {
      for (Command command : commands) {
        long begin = System.nanoTime();
        execute(command.words());
        if (run >= 0) {
          command.millis().add(1e-6 * (System.nanoTime() - begin));
        }
      }
      check.run();
    }
  }

  private interface Check {
    void run() throws IOException;
  }

  private static void check(Path filtered, Path expected) throws IOException {
    long at = Files.mismatch(filtered, expected);
    if (at >= 0) {
      throw new WrongOutputException(
          "start: byte " + at + " of the filtered file is not that of a run in this process");
    }
    Files.delete(filtered);
  }

  private static void execute(List<String> words) throws IOException {
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      int code = process.waitFor();
      if (code != 0) {
        throw new IOException(
            String.join(" ", words) + " ended with " + code + ": " + text.strip());
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private List<Object> print(List<Command> commands) {
    out.printf(LINE, "process", "median ms", "least ms", "of Java's");
    double yardstick = commands.getFirst().median();
    List<Object> rows = new ArrayList<>();
    for (Command command : commands) {
      out.printf(
          LINE,
          command.name(),
          Figures.fixed(command.median(), 1),
          Figures.fixed(command.least(), 1),
          Figures.fixed(command.median() / yardstick, 2));
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("bench", NAME);
      row.put("process", command.name());
      row.put("runs", runs);
      row.put("medianMilliseconds", command.median());
      row.put("leastMilliseconds", command.least());
      rows.add(row);
    }
    return rows;
  }
}
