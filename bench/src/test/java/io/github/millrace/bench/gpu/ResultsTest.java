package io.github.millrace.bench.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The figures of devices in {@code bench/results}, and the kernels that they are of. */
class ResultsTest {

  private static final Path KERNELS = Path.of("..", "kernels");
  private static final Path RESULTS = Path.of("results");

  /**
   * In a result file; where kernels have changed since, {@code kernelsNow} says that it is known.
   */
  private static final Pattern HASH = Pattern.compile("\"kernels\": \"(\\w+)\"");

  private static final Pattern OUTDATED = Pattern.compile("\"outdated\": true");

  @Test
  void theHashCoversEveryKernelFile() throws IOException {
    try (var files = Files.list(KERNELS)) {
      List<String> names =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".cl") || name.endsWith(".h"))
              .sorted()
              .toList();
      assertEquals(names, KernelHash.FILES);
    }
    assertEquals(64, KernelHash.current().length());
    assertNotEquals("0".repeat(64), KernelHash.current());
  }

  /**
   * Figures of other kernels are no longer figures of this project: measure again, or mark them.
   */
  @Test
  void figuresAreOfTheseKernelsOrMarkedOutdated() throws IOException {
    try (var files = Files.list(RESULTS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
        String text = Files.readString(file);
        Matcher hash = HASH.matcher(text);
        if (hash.find() && !OUTDATED.matcher(text).find()) {
          assertEquals(
              KernelHash.current(),
              hash.group(1),
              file + " is of other kernels: measure again, or add \"outdated\": true");
        }
      }
    }
  }
}
