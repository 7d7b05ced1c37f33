package io.github.millrace.cli.filter;

import io.github.millrace.cli.options.ExitCode;
import io.github.millrace.cli.options.UsageException;
import io.github.millrace.io.Container;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * Filters many files into one folder; a failure of one does not stop the rest.
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
    Files.createDirectories(Path.of(folder));
    int code = ExitCode.DONE;
    List<Object> reports = new ArrayList<>();
    for (Map.Entry<String, String> target : targets.entrySet()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("input", target.getKey());
      reports.add(fields);
      try {
        String label = target.getKey() + ": ";
        fields.putAll(job.run(target.getKey(), target.getValue(), label).fields());
      } catch (CancellationException e) {
        throw e;
      } catch (IOException | RuntimeException e) {
        job.messages().fail(message(target.getKey(), e));
        fields.put("error", ExitCode.message(e));
        code = Math.max(code, ExitCode.of(e));
      }
    }
    FilterCommand.write(report, reports);
    return code;
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
