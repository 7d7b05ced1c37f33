package io.github.millrace.cli.filter;

import io.github.millrace.cli.options.ExitCode;
import io.github.millrace.cli.options.UsageException;
import io.github.millrace.io.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Filters many files into one folder, short ones side by side; a failure of one does not stop the
 * rest.
 *
 * @param job filters one
 * @param folder where the outputs go; made if it is not there
 * @param container the format of all outputs; empty to keep each input's
 */
record FilterBatch(FilterJob job, String folder, Optional<Container> container) {

  /**
   * Filters all.
   *
   * @param report file for the list of reports, or null
   * @return the highest exit code of any
   */
  int run(List<String> inputs, String report) throws IOException {
    Map<String, String> targets = targets(inputs);
    FilterCommand.checkReport(report, targets.values(), folder);
    Files.createDirectories(Path.of(folder));
    Batch batch = new Batch(job, List.copyOf(targets.keySet()), List.copyOf(targets.values()));
    new SideBySide(batch).run(job.options().threadCount());
    FilterCommand.write(report, batch.reports);
    return batch.code.get();
  }

  /** The files as jobs, and what became of them. */
  private static final class Batch implements SideBySide.Jobs {

    /** At most this much is a block or two, and done before a second core could help. */
    private static final long SHORT_BYTES = 4 << 20;

    private final FilterJob job;
    private final List<String> inputs;
    private final List<String> targets;
    private final OrderedTalk talk;
    private final List<Map<String, Object>> reports = new ArrayList<>();
    private final AtomicInteger code = new AtomicInteger(ExitCode.DONE);

    Batch(FilterJob job, List<String> inputs, List<String> targets) {
      this.job = job;
      this.inputs = inputs;
      this.targets = targets;
      talk = new OrderedTalk(job.messages().streams().err(), inputs.size());
      for (String input : inputs) {
        reports.add(new LinkedHashMap<>(Map.of("input", input)));
      }
    }

    @Override
    public int count() {
      return inputs.size();
    }

    @Override
    public boolean isShort(int number) {
      try {
        Path path = Path.of(inputs.get(number));
        BasicFileAttributes file = Files.readAttributes(path, BasicFileAttributes.class);
        return file.isRegularFile() && file.size() <= SHORT_BYTES;
      } catch (IOException | InvalidPathException e) {
        // The job says what is wrong with it.
        return true;
      }
    }

    @Override
    public void run(int number, boolean isShort) {
      FilterJob here = job.with(job.messages().to(talk.begin(number, !isShort)));
      String input = inputs.get(number);
      Map<String, Object> report = reports.get(number);
      try {
        report.putAll(here.run(input, targets.get(number), input + ": ").fields());
      } catch (CancellationException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        here.messages().fail(message(input, e));
        report.put("error", ExitCode.message(e));
        code.accumulateAndGet(ExitCode.of(e), Math::max);
      } finally {
        talk.end(number);
      }
    }
  }

  private static String message(String input, Exception e) {
    String text = ExitCode.message(e);
    return text.contains(input) ? text : input + ": " + text;
  }

  /** The output of every input, refused where two would be one. */
  private Map<String, String> targets(List<String> inputs) {
    Map<String, String> byInput = new LinkedHashMap<>();
    Map<String, String> byTarget = new LinkedHashMap<>();
    for (String input : inputs) {
      String target = target(input);
      String other = byTarget.put(target, input);
      if (other != null) {
        throw new UsageException(
            "'" + other + "' and '" + input + "' would both be written to " + target);
      }
      byInput.put(input, target);
    }
    return byInput;
  }

  private String target(String input) {
    Path name = Path.of(input).getFileName();
    if (input.equals("-") || name == null) {
      throw new UsageException("'" + input + "' has no file name, --out-dir needs one");
    }
    String text = name.toString();
    if (container.isPresent() && !container.equals(Container.ofFileName(text))) {
      int dot = text.lastIndexOf('.');
      text = (dot > 0 ? text.substring(0, dot) : text) + "." + extension();
    }
    return Path.of(folder).resolve(text).toString();
  }

  private String extension() {
    return container.orElseThrow().extensions().getFirst();
  }
}
